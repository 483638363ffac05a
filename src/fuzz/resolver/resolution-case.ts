import { authEventIds } from "../../matrix/events/references.js";
import type { EventId, RoomId } from "../../matrix/pdu.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import type { StateMap } from "../../matrix/state-map.js";
import { type Reading, type ResolvableEvent, resolveState } from "../../matrix/state-resolution/resolve.js";
import type { RoomHistory } from "../history.js";
import type { RoomAuthor } from "../room-author.js";
import { hashedRoom } from "./hashed-room.js";

/** The input of one state resolution. */
export interface ResolutionCase {
  readonly roomVersion: string;
  readonly roomId: RoomId;
  /** Where the states meet, in words. */
  readonly at: string;
  readonly states: readonly StateMap[];
  /** The events of the states and of their auth chains, each after those that authorise it. */
  readonly events: ReadonlyMap<EventId, ResolvableEvent>;
  nameOf(id: EventId): string;
}

/** The resolutions of a history: wherever branches meet whose states differ. */
export function casesOf(history: RoomHistory): readonly ResolutionCase[] {
  const author = hashedRoom(history);
  const meetings = history.nodes.filter(({ prev }) => prev.length > 1);
  return meetings.flatMap(({ name, prev }) => {
    const states = prev.map((before) => author.outcome(before).stateAfter);
    return differ(states) ? [caseOf(author, history.roomVersion, { at: name, states })] : [];
  });
}

/** The case of some states of a room, with the events that a resolver needs. */
export function caseOf(
  author: RoomAuthor,
  roomVersion: string,
  { at, states }: Pick<ResolutionCase, "at" | "states">,
): ResolutionCase {
  const create = author.outcome("create");
  const held = [create.eventId, ...states.flatMap((state) => [...state.values()])];
  const needed = new Set([...held, ...author.authChain(held)]);
  const events = author.outcomes().filter(({ eventId }) => needed.has(eventId));
  return {
    roomVersion,
    at,
    states,
    roomId: author.roomId,
    events: new Map(events.map(({ eventId, event, rejected }) => [eventId, { eventId, event, rejected }])),
    nameOf: (id) => author.nameOf(id),
  };
}

/** Other states for a case, with only those events that they need. */
export function withStates(original: ResolutionCase, states: readonly StateMap[]): ResolutionCase {
  const needed = new Set(states.flatMap((state) => [...state.values()]));
  for (const id of needed) {
    const known = original.events.get(id);
    for (const authId of known === undefined ? [] : authEventIds(known.event)) needed.add(authId);
  }
  const isNeeded = ({ eventId, event }: ResolvableEvent) => needed.has(eventId) || event.type === "m.room.create";
  const events = [...original.events].filter(([, event]) => isNeeded(event));
  return { ...original, states, events: new Map(events) };
}

/** What the states of a case resolve to by the text, or as it is read otherwise. */
export function resolutionOf({ roomVersion, states, events }: ResolutionCase, reading: Reading = {}): StateMap {
  return resolveState({ rules: roomVersionRules(roomVersion), states, event: (id) => events.get(id), reading });
}

function differ([first, ...others]: readonly StateMap[]): boolean {
  return others.some((state) => first === undefined || !sameState(first, state));
}

/** Whether two states hold the same events. */
export function sameState(one: StateMap, other: StateMap): boolean {
  return one.size === other.size && [...one].every(([key, id]) => other.get(key) === id);
}
