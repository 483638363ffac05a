import { canonicalJsonBytes } from "../canonical-json.js";
import { utf8Length } from "../code-points.js";
import { MAX_IDENTIFIER_BYTES } from "../identifiers.js";
import { type JsonMembers, member } from "../json.js";
import type { RoomVersionRules } from "../room-versions.js";

/** In bytes, of the whole event with signatures in canonical JSON (client-server-api#size-limits). */
const MAX_EVENT_BYTES = 65536;

const LIMITED_FIELDS = ["sender", "room_id", "state_key", "type"] as const;

/**
 * What makes the event too large, if anything. Limits are in bytes in every room version; they were once read as code points,
 * so events over the byte limit by multi-byte characters exist in old rooms. Throws `CanonicalJsonError` for non-finite numbers.
 */
export function eventSizeProblem(event: JsonMembers, rules: RoomVersionRules): string | undefined {
  const fields = rules.eventIds === "field" ? [...LIMITED_FIELDS, "event_id"] : LIMITED_FIELDS;
  for (const field of fields) {
    const value = member(event, field);
    const length = typeof value === "string" ? utf8Length(value) : 0;
    if (length > MAX_IDENTIFIER_BYTES) return `${field} has ${length} bytes, the limit is ${MAX_IDENTIFIER_BYTES}`;
  }
  const size = canonicalJsonBytes(event, { lenient: true }).length;
  return size > MAX_EVENT_BYTES ? `the event has ${size} bytes, the limit is ${MAX_EVENT_BYTES}` : undefined;
}
