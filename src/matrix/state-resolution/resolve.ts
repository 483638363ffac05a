import type { RoomVersionRules } from "../room-versions.js";
import type { StateMap } from "../state-map.js";
import type { ResolutionAccount, ResolutionStep, Witness } from "./account.js";
import { AuthGraph, type EventLookup } from "./auth-graph.js";
import type { Reading } from "./reading.js";
import { resolveV1 } from "./v1.js";
import { resolveV2, resolveV21 } from "./v2.js";

export type { ResolutionAccount, ResolutionStep } from "./account.js";
export { type EventLookup, MissingEventError, type ResolvableEvent } from "./auth-graph.js";
export type { Reading } from "./reading.js";

export interface ResolutionInput {
  readonly rules: RoomVersionRules;
  /** The states after each of an event's prev_events, in any order. */
  readonly states: readonly StateMap[];
  readonly event: EventLookup;
  readonly reading?: Reading;
}

const ALGORITHMS = { v1: resolveV1, v2: resolveV2, "v2.1": resolveV21 } as const;

/**
 * Resolves states of a room into one by its version's algorithm (rooms/v1#state-resolution, rooms/v2#state-resolution,
 * rooms/v12#state-resolution). Throws `MissingEventError` when a state names an event that `event` does not know.
 */
export function resolveState(input: ResolutionInput): StateMap {
  return resolve(input);
}

/** The same, with an account of every step of the algorithm and the verdict of every check that it made. */
export function accountOfState(input: ResolutionInput): ResolutionAccount {
  const steps: ResolutionStep[] = [];
  const resolved = resolve(input, (step) => steps.push(step));
  return { resolved, steps };
}

function resolve({ rules, states, event, reading }: ResolutionInput, witness?: Witness): StateMap {
  const [first, ...others] = states;
  if (first === undefined) return new Map();
  if (others.every((state) => state === first)) return first;
  return ALGORITHMS[rules.stateResolution](new AuthGraph(rules, event), states, reading, witness);
}
