import { nonCanonicalPlace } from "../canonical-json.js";
import { isEventId, isRoomId, isUserId } from "../identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue, member } from "../json.js";
import type { Pdu } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { eventSizeProblem } from "./size.js";

export const MAX_PREV_EVENTS = 20;
export const MAX_AUTH_EVENTS = 10;

export type EventFormatCheck =
  | { readonly ok: true; readonly event: Pdu }
  | { readonly ok: false; readonly reason: string };

/** Looks at one field or aspect; says what is wrong with it. */
type Rule = (event: JsonObject, rules: RoomVersionRules) => string | undefined;

/**
 * Whether the object is a valid event of the room version (the `event-format` anchor of each room version): fields and their
 * types, identifiers, counts, sizes, and canonical JSON where it is enforced. Says nothing of hashes, signatures or authorisation;
 * a version 12 create event with a room_id passes here and fails authorisation.
 */
export function checkEventFormat(event: JsonObject, rules: RoomVersionRules): EventFormatCheck {
  for (const rule of RULES) {
    const reason = rule(event, rules);
    if (reason !== undefined) return { ok: false, reason };
  }
  return { ok: true, event: event as Pdu };
}

const canonical: Rule = (event, rules) => {
  const place = nonCanonicalPlace(event);
  if (place === undefined) return undefined;
  // Nothing can be computed over a number that JSON cannot write, whatever the room version.
  if (!rules.strictCanonicalJson && place.reason !== "non-finite") return undefined;
  return `not canonical JSON: ${place.reason} at ${place.path}`;
};

const strings: Rule = (event) => {
  if (typeof member(event, "type") !== "string") return "type is not a string";
  if (!isOptionalString(member(event, "state_key"))) return "state_key is not a string";
  if (event.type === "m.room.redaction" && !isOptionalString(member(event, "redacts")))
    return "redacts is not a string";
  return undefined;
};

const sender: Rule = (event) => {
  const value = member(event, "sender");
  return typeof value === "string" && isUserId(value) ? undefined : "sender is not a user ID";
};

const objects: Rule = (event) => {
  if (!isJsonObject(member(event, "content"))) return "content is not an object";
  const unsigned = member(event, "unsigned");
  return unsigned === undefined || isJsonObject(unsigned) ? undefined : "unsigned is not an object";
};

const hashes: Rule = (event) => {
  const value = member(event, "hashes");
  const hash = isJsonObject(value) ? member(value, "sha256") : undefined;
  return typeof hash === "string" ? undefined : "hashes.sha256 is not a string";
};

const signatures: Rule = (event) => {
  const value = member(event, "signatures");
  if (!isJsonObject(value)) return "signatures is not an object";
  const complete = Object.values(value).every(
    (keys) => isJsonObject(keys) && Object.values(keys).every((signature) => typeof signature === "string"),
  );
  return complete ? undefined : "signatures is not an object of objects of strings";
};

const numbers: Rule = (event, rules) => {
  if (!Number.isInteger(member(event, "origin_server_ts"))) return "origin_server_ts is not an integer";
  const depth = member(event, "depth");
  if (typeof depth !== "number" || !Number.isInteger(depth)) return "depth is not an integer";
  return depth >= 0 && depth <= rules.maxDepth ? undefined : `depth ${depth} is not within 0 and ${rules.maxDepth}`;
};

const eventId: Rule = (event, rules) => {
  if (rules.eventIds !== "field") return undefined;
  const value = member(event, "event_id");
  return typeof value === "string" && isEventId(value, rules) ? undefined : "event_id is not an event ID with a domain";
};

const roomId: Rule = (event, rules) => {
  const value = member(event, "room_id");
  if (event.type === "m.room.create" && rules.roomIds === "create-hash") {
    return isOptionalString(value) ? undefined : "room_id is not a string";
  }
  return typeof value === "string" && isRoomId(value, rules) ? undefined : "room_id is not a room ID";
};

function references(field: "prev_events" | "auth_events", limit: number): Rule {
  return (event, rules) => {
    const value = member(event, field);
    if (!isArray(value)) return `${field} is not an array`;
    if (value.length > limit) return `${field} has ${value.length} entries, the limit is ${limit}`;
    const isReference = rules.references === "pairs" ? isPair : isId;
    return value.every(isReference) ? undefined : `${field} has an entry that is not of the form of the room version`;
  };
}

const RULES: readonly Rule[] = [
  canonical,
  strings,
  sender,
  objects,
  hashes,
  signatures,
  numbers,
  eventId,
  roomId,
  references("prev_events", MAX_PREV_EVENTS),
  references("auth_events", MAX_AUTH_EVENTS),
  eventSizeProblem,
];

function isId(value: JsonValue): boolean {
  return typeof value === "string";
}

function isPair(value: JsonValue): boolean {
  if (!isArray(value) || value.length !== 2) return false;
  const [id, hash] = value;
  return typeof id === "string" && isJsonObject(hash) && typeof member(hash, "sha256") === "string";
}

function isOptionalString(value: JsonValue | undefined): boolean {
  return value === undefined || typeof value === "string";
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
