import type { UserId } from "../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../matrix/state-map.js";
import { type EventRecord, MatrixError, type Room } from "../parts.js";
import { eventIn, membershipIn } from "./room-state.js";

/** What a user may read of a room: its state, and events up to a position. */
export interface Reading {
  readonly state: StateMap;
  readonly until: number;
}

function historyVisibility(room: Room, state: StateMap): string {
  const value = eventIn(room, state, "m.room.history_visibility")?.content.history_visibility;
  return typeof value === "string" ? value : "shared";
}

function memberRecord(room: Room, user: UserId): EventRecord | undefined {
  const id = room.currentState().get(stateKey("m.room.member", user));
  return id === undefined ? undefined : room.record(id);
}

/** What the user may read; 403 M_FORBIDDEN for those who are not and were not in the room. */
export function readingOf(room: Room | undefined, user: UserId): Reading {
  const record = room === undefined ? undefined : memberRecord(room, user);
  const membership = record?.event.content.membership;
  if (room !== undefined) {
    const now = { state: room.currentState(), until: Number.POSITIVE_INFINITY };
    if (membership === "join" || historyVisibility(room, now.state) === "world_readable") return now;
    const before = record === undefined ? undefined : room.stateBefore(record.eventId);
    if (record !== undefined && before !== undefined && membershipIn(room, before, user) === "join") {
      return { state: room.stateAfter(record.eventId) ?? before, until: record.position };
    }
  }
  throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
}

/** Whether the user may see an event (client-server-api#room-history-visibility). */
export function mayRead(room: Room, record: EventRecord, user: UserId): boolean {
  if (record.event.state_key === user && record.event.type === "m.room.member") return true;
  const before = room.stateBefore(record.eventId);
  const after = room.stateAfter(record.eventId);
  if (before === undefined || after === undefined) return true;
  const then = membershipIn(room, after, user);
  if (then === "join") return true;
  switch (historyVisibility(room, before)) {
    case "world_readable":
      return true;
    case "invited":
      return then === "invite";
    case "joined":
      return false;
    default:
      return joinedLater(room, record, user);
  }
}

/** Shared history is there for all who joined afterwards, also when they have left since. */
function joinedLater(room: Room, record: EventRecord, user: UserId): boolean {
  const member = memberRecord(room, user);
  if (member?.event.content.membership === "join") return true;
  return member !== undefined && member.event.content.membership !== "invite" && member.position > record.position;
}
