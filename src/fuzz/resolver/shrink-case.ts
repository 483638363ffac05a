import type { StateMap } from "../../matrix/state-map.js";
import { type ResolutionCase, withStates } from "./resolution-case.js";

/** How often a resolver is asked to make a case smaller. */
const MOST_QUESTIONS = 400;

/**
 * The smallest case found that still `differs`: states, then entries of all or of single states are left out as long as the
 * difference stays. The given case is known to differ.
 */
export async function shrinkCase(
  original: ResolutionCase,
  differs: (smaller: ResolutionCase) => Promise<boolean>,
): Promise<ResolutionCase> {
  let smallest = original;
  let left = MOST_QUESTIONS;
  for (let before: ResolutionCase | undefined; before !== smallest; ) {
    before = smallest;
    for (const way of [withoutStates, withoutKeys, withoutEntries]) {
      for (let at = 0; ; ) {
        const smaller = way(smallest.states)[at];
        if (smaller === undefined || left === 0) break;
        left -= 1;
        const candidate = withStates(smallest, smaller());
        if (await differs(candidate)) smallest = candidate;
        else at += 1;
      }
    }
  }
  return smallest;
}

/** A smaller list of states, made when it is its turn. */
type Smaller = () => readonly StateMap[];

function withoutStates(states: readonly StateMap[]): Smaller[] {
  if (states.length < 3) return [];
  return states.map((_state, at) => () => states.toSpliced(at, 1));
}

function withoutKeys(states: readonly StateMap[]): Smaller[] {
  const keys = new Set(states.flatMap((state) => [...state.keys()]));
  return [...keys].map((key) => () => states.map((state) => without(state, key)));
}

function withoutEntries(states: readonly StateMap[]): Smaller[] {
  return states.flatMap((state, at) => [...state.keys()].map((key) => () => states.with(at, without(state, key))));
}

function without(state: StateMap, dropped: string): StateMap {
  return new Map([...state].filter(([key]) => key !== dropped));
}
