import { type NonCanonicalPlace, nonCanonicalPlace } from "../../matrix/canonical-json.js";
import { eventIdOf, MissingIdError } from "../../matrix/events/hashes.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { isRoomVersion, type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import { mayHoldPdus, type PlacedPdu, pdusIn } from "../../schema/pdu-places.js";
import type { SeenExchange } from "../view.js";
import { endpointOf, jsonOf } from "./messages.js";
import type { PassiveFacts, Side } from "./passive-check.js";
import { chargedServer } from "./passive-check.js";

interface Carried {
  readonly exchange: SeenExchange;
  readonly all: readonly PlacedPdu[];
  readonly own: readonly PlacedPdu[];
}

// Some fifty checks ask for the PDUs of an exchange, twice each, before the next exchange has its turn.
const last: { [side in Side]?: Carried } = {};

/** The PDUs that one side of an exchange carries; only successful answers have any. */
export function pdusOf(side: Side, exchange: SeenExchange): readonly PlacedPdu[] {
  return carriedBy(side, exchange).all;
}

/** Those whose sender is a user of the server that sends them: it made them and answers for all that is in them. */
export function ownPdus(side: Side, exchange: SeenExchange): readonly PlacedPdu[] {
  return carriedBy(side, exchange).own;
}

function carriedBy(side: Side, exchange: SeenExchange): Carried {
  const known = last[side];
  if (known?.exchange === exchange) return known;
  const server = chargedServer(side, exchange);
  const all = pdusFoundIn(side, exchange);
  const own = all.filter(({ pdu }) => typeof pdu.sender === "string" && serverNameOf(pdu.sender) === server);
  const found = { exchange, all, own };
  last[side] = found;
  return found;
}

function pdusFoundIn(side: Side, exchange: SeenExchange): readonly PlacedPdu[] {
  const endpoint = endpointOf(exchange)?.endpoint;
  if (endpoint === undefined || !mayHoldPdus(endpoint, side)) return [];
  if (side === "response" && exchange.response?.status !== 200) return [];
  return pdusIn(endpoint, side, jsonOf(side, exchange));
}

/** The rules of the room that a PDU belongs to; undefined when its version is not known. */
export function rulesFor(pdu: JsonObject, facts: Pick<PassiveFacts, "roomVersion">): RoomVersionRules | undefined {
  const known = typeof pdu.room_id === "string" ? facts.roomVersion(pdu.room_id) : undefined;
  const version = known ?? versionOfCreate(pdu);
  return version !== undefined && isRoomVersion(version) ? roomVersionRules(version) : undefined;
}

/** What a create event says of its room's version; an absent one means version 1 (client-server-api#mroomcreate). */
export function versionOfCreate(pdu: JsonObject): string | undefined {
  if (pdu.type !== "m.room.create" || pdu.state_key !== "" || !isJsonObject(pdu.content)) return undefined;
  const version = pdu.content.room_version ?? "1";
  return typeof version === "string" ? version : undefined;
}

/**
 * The PDU as an event, when it has what hashes, signatures and redaction need. Looser than the format of its room version:
 * a fault elsewhere in it does not hide whether these are right.
 */
export function asEvent(pdu: JsonObject, rules: RoomVersionRules): Pdu | undefined {
  const { type, sender, content, origin_server_ts: ts, depth, prev_events: prev, auth_events: auth, signatures } = pdu;
  const texts = [type, sender].every((value) => typeof value === "string");
  const numbers = [ts, depth].every((value) => typeof value === "number");
  const lists = [prev, auth].every((value) => Array.isArray(value));
  const objects = [content, signatures].every((value) => isJsonObject(value));
  const named = rules.eventIds !== "field" || typeof pdu.event_id === "string";
  const encodable = canonicalFault(pdu)?.reason !== "non-finite";
  return texts && numbers && lists && objects && named && encodable ? (pdu as Pdu) : undefined;
}

const faults = new WeakMap<JsonObject, { readonly place: NonCanonicalPlace | undefined }>();

/** Where a PDU has no canonical form. */
export function canonicalFault(pdu: JsonObject): NonCanonicalPlace | undefined {
  const known = faults.get(pdu);
  if (known !== undefined) return known.place;
  const place = nonCanonicalPlace(pdu);
  faults.set(pdu, { place });
  return place;
}

const ids = new WeakMap<Pdu, { readonly rules: RoomVersionRules; readonly id: string | undefined }>();

/** The event's id; undefined when it cannot be computed. */
export function idOf(event: Pdu, rules: RoomVersionRules): string | undefined {
  const known = ids.get(event);
  if (known?.rules === rules) return known.id;
  const id = computedId(event, rules);
  ids.set(event, { rules, id });
  return id;
}

function computedId(event: Pdu, rules: RoomVersionRules): string | undefined {
  try {
    return eventIdOf(event, rules);
  } catch (error) {
    if (error instanceof MissingIdError) return undefined;
    throw error;
  }
}

/** What the sender's server vouches for. */
export function vouchedFor({ unsigned: _, signatures: __, ...signed }: JsonObject): JsonObject {
  return signed;
}
