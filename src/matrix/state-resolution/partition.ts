import type { EventId } from "../pdu.js";
import type { StateKey, StateMap } from "../state-map.js";

export interface Partition {
  /** The entries that every state holds with the same event. */
  readonly unconflicted: StateMap;
  /** The events of all other entries. */
  readonly conflicted: ReadonlySet<EventId>;
}

/** The unconflicted state map and the conflicted state set: a key missing from one state conflicts (rooms/v2#definitions). */
export function partition(states: readonly StateMap[]): Partition {
  const unconflicted = new Map<StateKey, EventId>();
  const conflicted = new Set<EventId>();
  for (const key of allKeys(states)) {
    const values = new Set(states.map((state) => state.get(key)));
    const [first] = values;
    if (values.size === 1 && first !== undefined) {
      unconflicted.set(key, first);
      continue;
    }
    for (const value of values) {
      if (value !== undefined) conflicted.add(value);
    }
  }
  return { unconflicted, conflicted };
}

/** The entries on which the states do not agree, with the events that they name; `absent` where some name none. */
export function conflictsOf(
  states: readonly StateMap[],
): readonly { readonly key: StateKey; readonly candidates: readonly EventId[]; readonly absent: boolean }[] {
  return [...allKeys(states)].flatMap((key) => {
    const values = [...new Set(states.map((state) => state.get(key)))];
    const candidates = values.filter((value) => value !== undefined);
    return values.length === 1 ? [] : [{ key, candidates, absent: candidates.length < values.length }];
  });
}

/** Every key that some state has. */
export function allKeys(states: readonly StateMap[]): Set<StateKey> {
  const keys = new Set<StateKey>();
  for (const state of states) {
    for (const key of state.keys()) keys.add(key);
  }
  return keys;
}
