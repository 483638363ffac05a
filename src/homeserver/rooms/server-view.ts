import { redact } from "../../matrix/events/redaction.js";
import type { Pdu, ServerName } from "../../matrix/pdu.js";
import { type StateMap, splitStateKey } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { EventRecord } from "../parts.js";
import { domainOf, membershipIn } from "./membership.js";
import type { StoredRoom } from "./stored-room.js";

/** The event as a server in the room gets it: without its content where none of its users may read it (client-server-api#room-history-visibility). */
export function asToldTo(core: Core, room: StoredRoom, record: EventRecord, server: ServerName): Pdu {
  const { event } = record;
  if (event.state_key !== undefined || domainOf(event.sender) === server) return event;
  if (core.has("tells-servers-all-history")) return event;
  const before = room.stateBefore(record.eventId);
  return before === undefined || mayRead(room, before, server) ? event : redact(event, room.rules);
}

function mayRead(room: StoredRoom, before: StateMap, server: ServerName): boolean {
  const value = room.eventIn(before, "m.room.history_visibility", "")?.content.history_visibility;
  if (value !== "joined" && value !== "invited") return true;
  const enough = value === "joined" ? ["join"] : ["join", "invite"];
  return [...before].some(([pair, eventId]) => {
    const [type, user] = splitStateKey(pair);
    if (type !== "m.room.member" || domainOf(user) !== server) return false;
    return enough.includes(membershipIn(room.record(eventId)?.event) ?? "leave");
  });
}
