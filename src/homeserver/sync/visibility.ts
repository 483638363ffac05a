import type { UserId } from "../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../matrix/state-map.js";
import { type EventRecord, MatrixError, type Room } from "../parts.js";
import { eventIn, membershipIn } from "./room-state.js";

/** What a user may read of a room: its state, and events up to a position. */
export interface Reading {
  readonly state: StateMap;
  readonly until: number;
}

const VISIBILITIES: readonly unknown[] = ["world_readable", "shared", "invited", "joined"];

/** Asks whether a fault is switched on. */
export type HasDefect = (defect: string) => boolean;

/** The value in a state; a missing or unknown one counts as `shared` (client-server-api#room-history-visibility). */
function historyVisibility(room: Room, state: StateMap): string {
  const value = eventIn(room, state, "m.room.history_visibility")?.content.history_visibility;
  return VISIBILITIES.includes(value) ? String(value) : "shared";
}

function memberRecord(room: Room, user: UserId): EventRecord | undefined {
  const id = room.currentState().get(stateKey("m.room.member", user));
  return id === undefined ? undefined : room.record(id);
}

/** What the user may read; 403 M_FORBIDDEN for those who are not and were not in the room. */
export function readingOf(room: Room | undefined, user: UserId, has: HasDefect): Reading {
  const record = room === undefined ? undefined : memberRecord(room, user);
  const membership = record?.event.content.membership;
  if (room !== undefined) {
    const now = { state: room.currentState(), until: Number.POSITIVE_INFINITY };
    if (membership === "join" || historyVisibility(room, now.state) === "world_readable") return now;
    const before = record === undefined ? undefined : room.stateBefore(record.eventId);
    if (record !== undefined && before !== undefined && membershipIn(room, before, user) === "join") {
      const until = has("reads-on-after-leaving") ? Number.POSITIVE_INFINITY : record.position;
      return { state: room.stateAfter(record.eventId) ?? before, until };
    }
  }
  throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
}

/** Whether the user may see an event (client-server-api#room-history-visibility). */
export function mayRead(room: Room, record: EventRecord, user: UserId, has: HasDefect): boolean {
  if (has("ignores-history-visibility")) return true;
  if (record.event.state_key === user && record.event.type === "m.room.member") return true;
  const before = room.stateBefore(record.eventId);
  const after = room.stateAfter(record.eventId);
  if (before === undefined || after === undefined) return true;
  const then = membershipIn(room, after, user);
  if (then === "join") return true;
  // Whoever may see either value may see the change (client-server-api#room-history-visibility).
  const states = has("judges-visibility-now") ? [room.currentState()] : [before, ...changedBy(record, after)];
  const later = () => has("reads-on-after-leaving") || joinedLater(room, record, user);
  return states.some((state) => isVisible(historyVisibility(room, state), then, later));
}

function changedBy({ event }: EventRecord, after: StateMap): readonly StateMap[] {
  return event.type === "m.room.history_visibility" && event.state_key === "" ? [after] : [];
}

/** To somebody who was not joined then. */
function isVisible(visibility: string, membership: string | undefined, joinsLater: () => boolean): boolean {
  switch (visibility) {
    case "world_readable":
      return true;
    case "invited":
      return membership === "invite";
    case "joined":
      return false;
    default:
      return joinsLater();
  }
}

/** Shared history is there for all who joined afterwards, also when they have left since. */
function joinedLater(room: Room, record: EventRecord, user: UserId): boolean {
  const member = memberRecord(room, user);
  if (member?.event.content.membership === "join") return true;
  return member !== undefined && member.event.content.membership !== "invite" && member.position > record.position;
}
