import { isJsonObject, type JsonObject, listOf } from "../matrix/json.js";
import { isRoomVersion, roomVersionRules } from "../matrix/room-versions.js";
import { compileSchema } from "./schema-files.js";
import type { SchemaProblem } from "./validator.js";

/** The PDU formats of the specification, and the one that holds in every room version. */
export type PduFormat = "v1" | "v3" | "v4" | "v6" | "v11" | "v12" | "unknown-version";

/** The format of a room version (rooms#complete-list-of-room-versions); unknown versions have the common one. */
export function pduFormatOf(roomVersion: string): PduFormat {
  if (!isRoomVersion(roomVersion)) return "unknown-version";
  const rules = roomVersionRules(roomVersion);
  if (rules.references === "pairs") return "v1";
  if (rules.eventIds === "hash-standard") return "v3";
  if (!rules.strictCanonicalJson) return "v4";
  if (rules.redactsIn === "top-level") return "v6";
  return rules.roomIds === "domain" ? "v11" : "v12";
}

/**
 * The format that a PDU shows by itself, where its room's version is not known. Only what no other format has is taken
 * as a sign: a create event names its version, and references in pairs exist in versions 1 and 2 alone.
 */
export function pduFormatShown(pdu: JsonObject): PduFormat {
  if (pdu.type === "m.room.create" && pdu.state_key === "" && isJsonObject(pdu.content)) {
    const version = pdu.content.room_version ?? "1";
    return typeof version === "string" ? pduFormatOf(version) : "unknown-version";
  }
  const references = [...listOf(pdu.prev_events), ...listOf(pdu.auth_events)];
  return references.some(Array.isArray) ? "v1" : "unknown-version";
}

/** What is wrong with the shape of a PDU in a room of that version, or in one of a version not known. */
export function pduProblems(pdu: JsonObject, roomVersion?: string): readonly SchemaProblem[] {
  const format = roomVersion === undefined ? pduFormatShown(pdu) : pduFormatOf(roomVersion);
  return compileSchema(`wire/pdu-${format}`)(pdu);
}
