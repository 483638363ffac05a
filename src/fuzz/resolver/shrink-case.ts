import type { StateMap } from "../../matrix/state-map.js";
import { shrinkBy, type Way } from "../shrink-by.js";
import { type ResolutionCase, withStates } from "./resolution-case.js";

/** How often a resolver is asked to make a case smaller. */
const MOST_QUESTIONS = 400;

/**
 * The smallest case found that still `differs`: states, then entries of all or of single states are left out as long as the
 * difference stays. The given case is known to differ.
 */
export function shrinkCase(
  original: ResolutionCase,
  differs: (smaller: ResolutionCase) => Promise<boolean>,
): Promise<ResolutionCase> {
  return shrinkBy(original, WAYS, { differs, most: MOST_QUESTIONS });
}

/** A smaller list of states, made when it is its turn. */
type Smaller = () => readonly StateMap[];

const WAYS: readonly Way<ResolutionCase>[] = [withoutStates, withoutKeys, withoutEntries].map(
  (way) => (whole) => way(whole.states).map((smaller) => () => withStates(whole, smaller())),
);

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
