import { type AuthoriseOptions, authorise } from "../../matrix/auth-rules/authorise.js";
import type { EventId } from "../../matrix/pdu.js";
import type { StateKey, StateMap } from "../../matrix/state-map.js";
import { resolveState } from "../../matrix/state-resolution/resolve.js";
import type { Core } from "../core.js";
import type { StoredRoom } from "./stored-room.js";

/** Signatures are checked when an event arrives, not again. */
export const SETTLED: AuthoriseOptions = { signedBy: () => true };

/** Makes one state of several (rooms#state-resolution). */
export type StateResolver = (room: StoredRoom, states: readonly StateMap[]) => StateMap;

/** The resolver of one server: the room version's algorithm, unless a fault replaces it. */
export function stateResolver(core: Core): StateResolver {
  return (room, states) => {
    const different = distinct(states);
    const [first] = different;
    if (first === undefined) return new Map();
    if (different.length === 1) return first;
    if (core.has("state-depends-on-arrival-order")) return overlay([...different].reverse());
    if (core.has("last-writer-wins")) return newestOfEach(room, different);
    if (core.has("ignores-power-ordering")) return inOrderOfTime(room, different);
    return resolveState({ rules: room.rules, states: different, event: (id) => room.record(id) });
  };
}

function distinct(states: readonly StateMap[]): readonly StateMap[] {
  const kept: StateMap[] = [];
  for (const state of states) if (!kept.some((other) => same(other, state))) kept.push(state);
  return kept;
}

function same(one: StateMap, other: StateMap): boolean {
  if (one === other) return true;
  return one.size === other.size && [...one].every(([pair, id]) => other.get(pair) === id);
}

function overlay(states: readonly StateMap[]): StateMap {
  return new Map(states.flatMap((state) => [...state]));
}

function candidates(states: readonly StateMap[]): ReadonlyMap<StateKey, ReadonlySet<EventId>> {
  const all = new Map<StateKey, Set<EventId>>();
  for (const state of states) {
    for (const [pair, id] of state) all.set(pair, (all.get(pair) ?? new Set()).add(id));
  }
  return all;
}

function timeOf(room: StoredRoom, id: EventId): number {
  return room.record(id)?.event.origin_server_ts ?? 0;
}

function byTime(room: StoredRoom, ids: Iterable<EventId>): readonly EventId[] {
  return [...ids].sort((a, b) => timeOf(room, a) - timeOf(room, b) || (a < b ? -1 : 1));
}

function newestOfEach(room: StoredRoom, states: readonly StateMap[]): StateMap {
  const result = new Map<StateKey, EventId>();
  for (const [pair, ids] of candidates(states)) {
    const newest = byTime(room, ids).at(-1);
    if (newest !== undefined) result.set(pair, newest);
  }
  return result;
}

function inOrderOfTime(room: StoredRoom, states: readonly StateMap[]): StateMap {
  const all = candidates(states);
  const settled = [...all].filter(([pair, ids]) => ids.size === 1 && states.every((state) => state.has(pair)));
  const result = new Map(settled.flatMap(([pair, ids]) => [...ids].map((id) => [pair, id] as const)));
  const contested = [...all].filter(([pair]) => !result.has(pair));
  const order = byTime(
    room,
    contested.flatMap(([, ids]) => [...ids]),
  );
  for (const id of order) {
    const event = room.record(id)?.event;
    const pair = contested.find(([, ids]) => ids.has(id))?.[0];
    if (event === undefined || pair === undefined) continue;
    const verdict = authorise(event, room.rules, (type, key) => room.eventIn(result, type, key), SETTLED);
    if (verdict.allowed) result.set(pair, id);
  }
  return result;
}
