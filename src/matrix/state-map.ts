import type { EventId } from "./pdu.js";

/** The pair (type, state_key) in one string, so that it can key a Map. */
export type StateKey = string;

/** A room's state: which event holds each (type, state_key). */
export type StateMap = ReadonlyMap<StateKey, EventId>;

const SEPARATOR = "\u0000";

export function stateKey(type: string, key: string): StateKey {
  return `${type}${SEPARATOR}${key}`;
}

export function splitStateKey(pair: StateKey): readonly [type: string, key: string] {
  const at = pair.indexOf(SEPARATOR);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
