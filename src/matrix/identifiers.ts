import { hasLoneSurrogate, utf8Length } from "./code-points.js";
import type { ServerName } from "./pdu.js";
import type { RoomVersionRules } from "./room-versions.js";
import { parseServerName } from "./server-name.js";

export { type ParsedServerName, parseServerName } from "./server-name.js";

/** In bytes, sigil and domain included (appendices#identifier-grammar). */
export const MAX_IDENTIFIER_BYTES = 255;

const CURRENT_USER_LOCALPART = /^[a-z0-9._=/+-]+$/;
const HASH_IN_ID = /^[A-Za-z0-9_-]{43}$/;

/** What follows the first colon, unchecked; undefined when nothing does, as in hash-based ids. */
export function serverNameOf(id: string): ServerName | undefined {
  const colon = id.indexOf(":");
  return colon === -1 || colon === id.length - 1 ? undefined : id.slice(colon + 1);
}

/** What stands between the sigil and the first colon, or the end. */
export function localpartOf(id: string): string {
  const colon = id.indexOf(":");
  return colon === -1 ? id.slice(1) : id.slice(1, colon);
}

/** Any user ID that may be in an event, historical ones included (appendices#historical-user-ids). */
export function isUserId(id: string): boolean {
  return isIdWithDomain("@", id);
}

/** A user ID that a server may give out today (appendices#user-identifiers). */
export function isCurrentUserId(id: string): boolean {
  return isUserId(id) && CURRENT_USER_LOCALPART.test(localpartOf(id));
}

/** A room alias, whatever its localpart (appendices#room-aliases). */
export function isRoomAlias(id: string): boolean {
  return isIdWithDomain("#", id);
}

/** A room ID in the form that the room version prescribes (appendices#room-ids). */
export function isRoomId(id: string, rules: RoomVersionRules): boolean {
  if (rules.roomIds === "domain") return isIdWithDomain("!", id);
  return id.startsWith("!") && HASH_IN_ID.test(id.slice(1));
}

/** An event ID within its size: opaque, except where the sender chose it and it has a domain (appendices#event-ids). */
export function isEventId(id: string, rules: RoomVersionRules): boolean {
  if (rules.eventIds === "field") return isIdWithDomain("$", id);
  return id.length > 1 && id.startsWith("$") && utf8Length(id) <= MAX_IDENTIFIER_BYTES;
}

function isIdWithDomain(sigil: string, id: string): boolean {
  const domain = serverNameOf(id);
  if (!id.startsWith(sigil) || domain === undefined || parseServerName(domain) === undefined) return false;
  return !id.includes("\u0000") && !hasLoneSurrogate(id) && utf8Length(id) <= MAX_IDENTIFIER_BYTES;
}
