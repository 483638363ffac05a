import { nonCanonicalPlace } from "../../matrix/canonical-json.js";
import { MAX_AUTH_EVENTS, MAX_PREV_EVENTS } from "../../matrix/events/format.js";
import { eventSizeProblem } from "../../matrix/events/size.js";
import { isJsonObject, type JsonObject, type JsonValue, listOf } from "../../matrix/json.js";
import { endpointOf } from "./messages.js";
import type { PassiveCheck } from "./passive-check.js";
import { type PduDemand, pduChecks } from "./pdu-check.js";

const WITH_EVENT_ID: PduDemand = {
  name: "pdu-event-id",
  summary: "Events of room versions 1 and 2 carry their event_id",
  requirement: "FED-RVF-012",
  level: "must",
  about: (_placed, rules) => rules.eventIds === "field",
  look: ({ pdu }) => (typeof pdu.event_id === "string" ? undefined : { wrong: "there is no event_id" }),
};

const WITHOUT_EVENT_ID: PduDemand = {
  name: "pdu-no-event-id",
  summary: "Events of room versions 3 and later carry no event_id",
  requirement: "FED-RVF-014",
  level: "must",
  about: (_placed, rules) => rules.eventIds !== "field",
  look: ({ pdu }) => (pdu.event_id === undefined ? undefined : { wrong: "there is an event_id" }),
};

const PAIRS: PduDemand = {
  name: "pdu-reference-pairs",
  summary: "References in room versions 1 and 2 are pairs of an event id and its sha256 hash",
  requirement: "FED-RVF-013",
  level: "must",
  about: (_placed, rules) => rules.references === "pairs",
  look({ pdu }) {
    const bad = [...listOf(pdu.prev_events), ...listOf(pdu.auth_events)].find((reference) => !isPair(reference));
    return bad === undefined ? undefined : { wrong: `a reference is ${JSON.stringify(bad)}` };
  },
};

const IDS: PduDemand = {
  name: "pdu-reference-ids",
  summary: "References in room versions 3 and later are event ids",
  requirement: "FED-RVF-015",
  level: "must",
  about: (_placed, rules) => rules.references === "ids",
  look({ pdu }) {
    const references = [...listOf(pdu.prev_events), ...listOf(pdu.auth_events)];
    const bad = references.find((reference) => typeof reference !== "string" || !reference.startsWith("$"));
    return bad === undefined ? undefined : { wrong: `a reference is ${JSON.stringify(bad)}` };
  },
};

function isPair(reference: JsonValue): boolean {
  if (!Array.isArray(reference) || reference.length !== 2) return false;
  const [id, hash] = reference as readonly JsonValue[];
  return typeof id === "string" && isJsonObject(hash) && typeof hash.sha256 === "string";
}

const CANONICAL: PduDemand = {
  name: "pdu-canonical-json",
  summary: "Events of room versions 6 and later have a canonical form",
  requirement: "FED-CJ-003",
  level: "must",
  about: (_placed, rules) => rules.strictCanonicalJson,
  look({ pdu }) {
    // What is not signed is not canonical JSON's business (appendices#signing-details).
    const { unsigned: _, ...signed } = pdu;
    const place = nonCanonicalPlace(signed);
    return place === undefined ? undefined : { wrong: `${place.reason} at ${place.path}` };
  },
};

const SIZE: PduDemand = {
  name: "pdu-size",
  summary: "Events are within the size limits",
  requirement: "FED-ID-012",
  level: "must",
  look({ pdu }, rules) {
    // `unsigned` grows under way, and no sender can be held to what others write into it.
    const { unsigned: _, ...event } = pdu;
    if (nonCanonicalPlace(event)?.reason === "non-finite") return { undecided: "the event cannot be encoded" };
    const problem = eventSizeProblem(event, rules);
    return problem === undefined ? undefined : { wrong: problem };
  },
};

function referenceLimit(
  name: string,
  requirement: string,
  field: "prev_events" | "auth_events",
  limit: number,
): PduDemand {
  return {
    name,
    summary: `${field} has at most ${limit} entries`,
    requirement,
    level: "must",
    look: ({ pdu }, _rules, { exchange }) => {
      const count = listOf(pdu[field]).length;
      // Events from before the limits are handed on by backfill (server-server-api#get_matrixfederationv1backfillroomid).
      if (count <= limit || endpointOf(exchange)?.endpoint.id === "backfill") return undefined;
      return { wrong: `${field} has ${count} entries` };
    },
  };
}

const NO_CREATE_CITED: PduDemand = {
  name: "pdu-create-not-cited",
  summary: "Events of room version 12 do not list the create event in auth_events",
  requirement: "FED-PDU-017",
  level: "must",
  about: ({ pdu }, rules) => !rules.createInAuthEvents && typeof pdu.room_id === "string",
  look({ pdu }) {
    const create = `$${String(pdu.room_id).slice(1)}`;
    return listOf(pdu.auth_events).includes(create) ? { wrong: `auth_events lists ${create}` } : undefined;
  },
};

const isCreate = (pdu: JsonObject): boolean => pdu.type === "m.room.create" && pdu.state_key === "";

const CREATE_CITES_NOTHING: PduDemand = {
  name: "pdu-create-cites-nothing",
  summary: "A create event has no auth_events",
  requirement: "FED-PDU-015",
  level: "must",
  about: ({ pdu }) => isCreate(pdu),
  look: ({ pdu }) => (listOf(pdu.auth_events).length === 0 ? undefined : { wrong: "auth_events is not empty" }),
};

const ROOM_ID: PduDemand = {
  name: "pdu-room-id-v12",
  summary: "In room version 12 every event but the create event has a room_id",
  requirement: "FED-RVF-026",
  level: "must",
  about: ({ pdu }, rules) => rules.roomIds === "create-hash" && isCreate(pdu),
  look: ({ pdu }) => (pdu.room_id === undefined ? undefined : { wrong: "the create event has a room_id" }),
};

export const PDU_FORMAT_CHECKS: readonly PassiveCheck[] = [
  WITH_EVENT_ID,
  WITHOUT_EVENT_ID,
  PAIRS,
  IDS,
  CANONICAL,
  SIZE,
  referenceLimit("pdu-prev-events", "FED-RVF-010", "prev_events", MAX_PREV_EVENTS),
  referenceLimit("pdu-auth-events", "FED-RVF-009", "auth_events", MAX_AUTH_EVENTS),
  NO_CREATE_CITED,
  CREATE_CITES_NOTHING,
  ROOM_ID,
].flatMap(pduChecks);
