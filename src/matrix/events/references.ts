import { encodeBase64 } from "../base64.js";
import type { EventId, EventReference, Pdu } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { referenceHash } from "./hashes.js";

/** An event and its id, which is not in the event in most room versions. */
export interface IdentifiedEvent {
  readonly eventId: EventId;
  readonly event: Pdu;
}

/** The ids in `prev_events`, whichever form the references have. */
export function prevEventIds(event: Pdu): EventId[] {
  return event.prev_events.map(idOf);
}

/** The ids in `auth_events`, whichever form the references have. */
export function authEventIds(event: Pdu): EventId[] {
  return event.auth_events.map(idOf);
}

/** References to the events as the room version writes them: ids, or pairs of id and reference hash (rooms/v1#event-format). */
export function referencesTo(events: readonly IdentifiedEvent[], rules: RoomVersionRules): EventReference[] {
  if (rules.references === "ids") return events.map(({ eventId }) => eventId);
  return events.map(({ eventId, event }) => [eventId, { sha256: encodeBase64(referenceHash(event, rules)) }]);
}

function idOf(reference: EventReference): EventId {
  return typeof reference === "string" ? reference : reference[0];
}
