import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { EventRecord, Room } from "../parts.js";
import { eventIn } from "./room-state.js";

export interface ClientEventOptions {
  /** Milliseconds since the Unix epoch, for `unsigned.age`. */
  readonly now: number;
  readonly transactionId?: string;
  /** A fault: what a redaction redacts stands where its room version has it, and nowhere else. */
  readonly asSent?: boolean;
}

/** An event in the form that clients get (client-server-api#room-event-format). */
export function clientEvent(room: Room, record: EventRecord, options: ClientEventOptions): JsonObject {
  const { event } = record;
  const redacts = event.type === "m.room.redaction" ? (event.redacts ?? event.content.redacts) : undefined;
  return {
    ...bareEvent(room, record, event, options.asSent === true ? undefined : redacts),
    unsigned: unsignedOf(room, record, options),
  };
}

function bareEvent(room: Room, record: EventRecord, event: Pdu, redacts: JsonValue | undefined): JsonObject {
  const bothPlaces = typeof redacts === "string" && record.redactedBy === undefined;
  return {
    type: event.type,
    content: bothPlaces ? { ...event.content, redacts } : event.content,
    event_id: record.eventId,
    sender: event.sender,
    origin_server_ts: event.origin_server_ts,
    room_id: room.roomId,
    ...(event.state_key === undefined ? {} : { state_key: event.state_key }),
    ...(typeof redacts === "string" ? { redacts } : {}),
  };
}

function unsignedOf(room: Room, record: EventRecord, options: ClientEventOptions): JsonObject {
  const { event } = record;
  const before = room.stateBefore(record.eventId);
  const previous =
    before !== undefined && event.state_key !== undefined
      ? eventIn(room, before, event.type, event.state_key)
      : undefined;
  const redaction = record.redactedBy === undefined ? undefined : room.record(record.redactedBy);
  return {
    // What other servers say there never gets this far, but by a fault.
    ...(isJsonObject(event.unsigned) ? event.unsigned : {}),
    age: Math.max(0, options.now - event.origin_server_ts),
    ...(previous === undefined ? {} : { prev_content: previous.content, prev_sender: previous.sender }),
    ...(options.transactionId === undefined ? {} : { transaction_id: options.transactionId }),
    ...(redaction === undefined ? {} : { redacted_because: clientEvent(room, redaction, { now: options.now }) }),
  };
}

/** Type, state key, sender and content: all that an invited user sees (client-server-api#stripped-state). */
export function strippedEvent(event: JsonObject | Pdu): JsonObject {
  const { type, sender, content, state_key: key } = event;
  return {
    type: typeof type === "string" ? type : "",
    sender: typeof sender === "string" ? sender : "",
    content: isJsonObject(content) ? content : {},
    state_key: typeof key === "string" ? key : "",
  };
}
