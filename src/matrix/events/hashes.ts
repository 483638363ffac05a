import { hash } from "node:crypto";
import { Base64Error, decodeBase64, encodeBase64, encodeUrlSafeBase64 } from "../base64.js";
import { canonicalJsonBytes } from "../canonical-json.js";
import { type JsonMembers, omit } from "../json.js";
import type { EventId, Pdu, RoomId } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { redact } from "./redaction.js";

/** An event that lacks the id that its room version has on the wire. */
export class MissingIdError extends Error {
  readonly code = "MISSING_ID";

  constructor(readonly field: "event_id" | "room_id") {
    super(`the event has no ${field}`);
    this.name = "MissingIdError";
  }
}

/** SHA-256 over all of the event but its signatures, hashes and unsigned data, in unpadded base64
 * (server-server-api#calculating-the-content-hash-for-an-event). */
export function contentHash(event: Pdu): string {
  return encodeBase64(sha256(omit(event, "unsigned", "signatures", "hashes")));
}

/** Whether `hashes.sha256` is the event's content hash; false for none or bad base64. Other algorithms play no part. */
export function contentHashMatches(event: Pdu): boolean {
  const claimed: unknown = event.hashes?.sha256;
  return typeof claimed === "string" && normalised(claimed) === contentHash(event);
}

/** SHA-256 over the redacted event without signatures (server-server-api#calculating-the-reference-hash-for-an-event). */
export function referenceHash(event: Pdu, rules: RoomVersionRules): Uint8Array {
  return sha256(omit(redact(event, rules), "signatures", "unsigned"));
}

/** The event's id: its own field or made of its reference hash. Throws `MissingIdError` when the field is not there. */
export function eventIdOf(event: Pdu, rules: RoomVersionRules): EventId {
  if (rules.eventIds === "field") {
    if (event.event_id === undefined) throw new MissingIdError("event_id");
    return event.event_id;
  }
  const encode = rules.eventIds === "hash-standard" ? encodeBase64 : encodeUrlSafeBase64;
  return `$${encode(referenceHash(event, rules))}`;
}

/** The id of the room that a create event makes. Throws `MissingIdError` when it should carry one and does not. */
export function roomIdOfCreate(create: Pdu, rules: RoomVersionRules): RoomId {
  if (rules.roomIds === "create-hash") return `!${eventIdOf(create, rules).slice(1)}`;
  if (create.room_id === undefined) throw new MissingIdError("room_id");
  return create.room_id;
}

// Old room versions have events without a canonical form, and they too have hashes.
function sha256(object: JsonMembers): Uint8Array {
  const bytes = canonicalJsonBytes(object, { lenient: true });
  return new Uint8Array(hash("sha256", bytes, "buffer"));
}

function normalised(base64: string): string | undefined {
  try {
    return encodeBase64(decodeBase64(base64));
  } catch (error) {
    if (error instanceof Base64Error) return undefined;
    throw error;
  }
}
