import type { EventId, Pdu, UserId } from "../../matrix/pdu.js";
import { type StateMap, splitStateKey, stateKey } from "../../matrix/state-map.js";
import type { Room } from "../parts.js";

/** The event that holds a pair in a state of the room. */
export function eventIn(room: Room, state: StateMap, type: string, key = ""): Pdu | undefined {
  const id = state.get(stateKey(type, key));
  return id === undefined ? undefined : room.record(id)?.event;
}

export function membershipIn(room: Room, state: StateMap, user: UserId): string | undefined {
  const membership = eventIn(room, state, "m.room.member", user)?.content.membership;
  return typeof membership === "string" ? membership : undefined;
}

const joinedUsers = new WeakMap<StateMap, ReadonlySet<UserId>>();

/** The users joined in a state; kept with the state, since states do not change. */
export function joinedIn(room: Room, state: StateMap): ReadonlySet<UserId> {
  const known = joinedUsers.get(state);
  if (known !== undefined) return known;
  const users = new Set<UserId>();
  for (const [pair, id] of state) {
    const [type, user] = splitStateKey(pair);
    if (type === "m.room.member" && room.record(id)?.event.content.membership === "join") users.add(user);
  }
  joinedUsers.set(state, users);
  return users;
}

/** The entries of `later` that `earlier` lacks or has otherwise. */
export function stateDifference(earlier: StateMap | undefined, later: StateMap): Map<string, EventId> {
  const difference = new Map<string, EventId>();
  if (earlier === later) return difference;
  for (const [pair, id] of later) {
    if (earlier?.get(pair) !== id) difference.set(pair, id);
  }
  return difference;
}
