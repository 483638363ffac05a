import { authorise } from "../../../matrix/auth-rules/authorise.js";
import { powerLevels } from "../../../matrix/auth-rules/power-levels.js";
import type { EventId, Pdu } from "../../../matrix/pdu.js";
import type { StateKey, StateMap } from "../../../matrix/state-map.js";
import type { StoredRoom } from "../stored-room.js";

/** Makes one state of several, each entry by itself, as no room version does. */
export type Choice = (room: StoredRoom, states: readonly StateMap[]) => StateMap;

/** The fault that replaces state resolution as a whole, if one is switched on. */
export function faultyChoice(has: (defect: string) => boolean): Choice | undefined {
  if (has("state-depends-on-arrival-order")) return (_room, states) => new Map(states.toReversed().flatMap(entries));
  if (has("last-writer-wins")) return each((room, ids) => byTime(room, ids).at(-1));
  if (has("first-writer-wins")) return each((room, ids) => byTime(room, ids)[0]);
  if (has("deepest-event-wins")) return each((room, ids) => greatest(ids, (id) => eventOf(room, id).depth));
  if (has("strongest-author-wins")) return each(strongestOf);
  if (has("most-branches-win")) return each((_room, ids, states) => greatest(ids, (id) => holders(states, id)));
  if (has("drops-what-one-branch-lacks")) return heldByAll;
  if (has("goes-by-arrival")) return each((_room, ids) => ids[0]);
  if (has("keeps-one-branch-whole")) return (_room, states) => states[0] ?? new Map();
  return has("ignores-power-ordering") ? inOrderOfTime : undefined;
}

type Pick = (room: StoredRoom, ids: readonly EventId[], states: readonly StateMap[]) => EventId | undefined;

function each(pick: Pick): Choice {
  return (room, states) =>
    new Map(
      [...candidates(states)].flatMap(([key, ids]) => {
        const id = pick(room, [...ids], states);
        return id === undefined ? [] : [[key, id] as const];
      }),
    );
}

function entries(state: StateMap): readonly (readonly [StateKey, EventId])[] {
  return [...state];
}

function candidates(states: readonly StateMap[]): ReadonlyMap<StateKey, ReadonlySet<EventId>> {
  const all = new Map<StateKey, Set<EventId>>();
  for (const [key, id] of states.flatMap(entries)) all.set(key, (all.get(key) ?? new Set()).add(id));
  return all;
}

function eventOf(room: StoredRoom, id: EventId): Pdu {
  const record = room.record(id);
  if (record === undefined) throw new Error(`${id} is in a state and not in the room`);
  return record.event;
}

function byTime(room: StoredRoom, ids: readonly EventId[]): readonly EventId[] {
  const time = (id: EventId) => eventOf(room, id).origin_server_ts;
  return [...ids].sort((a, b) => time(a) - time(b) || (a < b ? -1 : 1));
}

/** Of equals the first. */
function greatest(ids: readonly EventId[], measure: (id: EventId) => number): EventId | undefined {
  return ids.reduce<EventId | undefined>(
    (best, id) => (best === undefined || measure(id) > measure(best) ? id : best),
    undefined,
  );
}

function holders(states: readonly StateMap[], id: EventId): number {
  return states.filter((state) => [...state.values()].includes(id)).length;
}

/** The event of whoever stands highest by the power levels of the first branch; of equals the latest. */
const strongestOf: Pick = (room, ids, [first = new Map()]) => {
  const levels = powerLevels((type, key) => room.eventIn(first, type, key), room.rules);
  return greatest(byTime(room, ids).toReversed(), (id) => levels.ofUser(eventOf(room, id).sender));
};

const heldByAll: Choice = (room, states) => {
  const newest = each((_room, ids) => byTime(room, ids).at(-1))(room, states);
  return new Map([...newest].filter(([key]) => states.every((state) => state.has(key))));
};

/** Every disputed event in order of time, each if the state so far allows it. */
const inOrderOfTime: Choice = (room, states) => {
  const all = [...candidates(states)];
  const isAgreed = (key: StateKey, ids: ReadonlySet<EventId>) =>
    ids.size === 1 && states.every((state) => state.has(key));
  const agreed = all.filter(([key, ids]) => isAgreed(key, ids));
  const disputed = all.filter(([key, ids]) => !isAgreed(key, ids));
  const result = new Map(agreed.flatMap(([key, ids]) => [...ids].map((id) => [key, id] as const)));
  const keyOf = new Map(disputed.flatMap(([key, ids]) => [...ids].map((id) => [id, key] as const)));
  for (const id of byTime(room, [...keyOf.keys()])) {
    const lookup = (type: string, key: string) => room.eventIn(result, type, key);
    const { allowed } = authorise(eventOf(room, id), room.rules, lookup, { signedBy: () => true });
    const key = keyOf.get(id);
    if (allowed && key !== undefined) result.set(key, id);
  }
  return result;
};
