import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { PassiveCheck } from "./passive-check.js";
import { type PduDemand, pduChecks } from "./pdu-check.js";

const MAX_ROOM_ID_BYTES = 255;
/** `!`, an opaque part without colon or NUL, and a server name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what must not be there.
const ROOM_ID_WITH_DOMAIN = /^![^:\u0000]+:.+$/su;
const PLAIN_ROOM_ID = /^![A-Za-z0-9]+:/u;
const ROOM_ID_OF_HASH = /^![A-Za-z0-9_-]{43}$/u;
/** After its creation, a room's next event is its creator's join. */
const DEPTH_OF_FIRST_JOIN = 2;

/** rooms/v3#event-ids, rooms/v4#event-ids */
const STANDARD_IDS = eventIds("FED-RVF-016", "hash-standard", /^\$[A-Za-z0-9+/]{43}$/u);
const URL_SAFE_IDS = eventIds("FED-RVF-017", "hash-url-safe", /^\$[A-Za-z0-9_-]{43}$/u);

function eventIds(requirement: string, form: RoomVersionRules["eventIds"], pattern: RegExp): PduDemand {
  const alphabet = form === "hash-standard" ? "standard" : "URL-safe";
  return {
    name: `pdu-ids-${form}`,
    summary: `Events are named by their hashes in ${alphabet} base64 without padding`,
    requirement,
    level: "must",
    about: ({ pdu }, rules) => rules.eventIds === form && references(pdu).length > 0,
    look({ pdu }) {
      const bad = references(pdu).find((id) => typeof id !== "string" || !pattern.test(id));
      return bad === undefined ? undefined : { wrong: `a reference is ${JSON.stringify(bad)}` };
    },
  };
}

/** appendices#room-ids */
const ROOM_IDS: PduDemand = {
  name: "pdu-room-id",
  summary: "Room ids of room versions 1 to 11 are an opaque part and a server name, of 255 bytes at most",
  requirement: "FED-ID-005",
  level: "must",
  about: ({ pdu }, rules) => rules.roomIds === "domain" && typeof pdu.room_id === "string",
  look({ pdu: { room_id: id } }) {
    const sound =
      ROOM_ID_WITH_DOMAIN.test(String(id)) && new TextEncoder().encode(String(id)).length <= MAX_ROOM_ID_BYTES;
    return sound ? undefined : { wrong: `room_id is ${JSON.stringify(id)}` };
  },
};

/** appendices#room-ids: of what a server thinks up, and only of that. */
const NEW_ROOM_IDS: PduDemand = {
  name: "new-room-id-plain",
  summary:
    "The id that a server gives a new room of versions 1 to 11 has only letters and digits before the server name",
  requirement: "FED-ID-006",
  level: "should",
  about: ({ pdu }, rules) => pdu.type === "m.room.create" && rules.roomIds === "domain",
  look: ({ pdu: { room_id: id } }) =>
    PLAIN_ROOM_ID.test(String(id)) ? undefined : { wrong: `room_id is ${JSON.stringify(id)}` },
};

/** rooms/v12#room-ids */
const ROOM_IDS_OF_HASH: PduDemand = {
  name: "pdu-room-id-of-hash",
  summary: "Room ids of room version 12 are the hash of the first event, without a domain",
  requirement: "FED-ID-007",
  level: "must",
  about: ({ pdu }, rules) => rules.roomIds === "create-hash" && pdu.type !== "m.room.create",
  look: ({ pdu: { room_id: id } }) =>
    typeof id === "string" && ROOM_ID_OF_HASH.test(id) ? undefined : { wrong: `room_id is ${JSON.stringify(id)}` },
};

const DEPTHS: PduDemand = {
  name: "pdu-depth",
  summary: "The depth of an event is a positive whole number, and 1 for a room's first",
  requirement: "FED-ID-018",
  level: "must",
  look({ pdu: { depth, type } }) {
    const sound =
      typeof depth === "number" && Number.isInteger(depth) && (type === "m.room.create" ? depth === 1 : depth > 0);
    return sound ? undefined : { wrong: `depth is ${JSON.stringify(depth)}` };
  },
};

/** rooms/v11#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property */
const REDACTS: PduDemand = {
  name: "pdu-redacts",
  summary: "A redaction of room versions 1 to 10 names its target outside the content",
  requirement: "FED-RVF-020",
  level: "must",
  about: ({ pdu }, rules) => pdu.type === "m.room.redaction" && rules.redactsIn === "top-level",
  look: ({ pdu: { redacts } }) =>
    typeof redacts === "string" ? undefined : { wrong: `redacts is ${JSON.stringify(redacts)}` },
};

/** rooms/v12#event-format */
const FIRST_JOIN: PduDemand = {
  name: "first-join-auth-events",
  summary: "The join of a room's creator in room version 12 rests on no event but the one that its room id names",
  requirement: "FED-RV12-003",
  level: "must",
  about: ({ pdu }, rules) =>
    !rules.createInAuthEvents && pdu.type === "m.room.member" && pdu.depth === DEPTH_OF_FIRST_JOIN,
  look: ({ pdu: { auth_events: cited } }) =>
    Array.isArray(cited) && cited.length === 0 ? undefined : { wrong: `auth_events is ${JSON.stringify(cited)}` },
};

function references(pdu: JsonObject): readonly JsonValue[] {
  return [pdu.prev_events, pdu.auth_events].flatMap((list): readonly JsonValue[] => (Array.isArray(list) ? list : []));
}

export const PDU_IDENTIFIER_CHECKS: readonly PassiveCheck[] = [
  STANDARD_IDS,
  URL_SAFE_IDS,
  ROOM_IDS,
  NEW_ROOM_IDS,
  ROOM_IDS_OF_HASH,
  DEPTHS,
  REDACTS,
  FIRST_JOIN,
].flatMap(pduChecks);
