import { serverNameOf } from "../../matrix/identifiers.js";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import { signaturesOf } from "../../matrix/signing.js";
import type { StateMap } from "../../matrix/state-map.js";
import { type EventRecord, type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { readableRoom } from "../rooms/access.js";
import { authChain } from "../rooms/auth-chain.js";
import { ancestors, missingBetween } from "../rooms/graph-walk.js";
import { asToldTo } from "../rooms/server-view.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { isArray, objectBody, parameter, requiredQuery, stringsIn, wholeNumber } from "./body.js";

const SIGNED = { authenticated: true };
const MAX_EVENTS = 100;

/** Reading of rooms by the servers in them (server-server-api#retrieving-events, #backfilling-and-retrieving-missing-events). */
export function addHistoryRoutes(parts: RoomParts, routes: FederationRoutes): void {
  const history = new History(parts);
  const v1 = "/_matrix/federation/v1";
  routes.add("GET", `${v1}/event/:eventId`, SIGNED, async (request) => history.event(request));
  routes.add("GET", `${v1}/state/:roomId`, SIGNED, async (request) => history.state(request));
  routes.add("GET", `${v1}/state_ids/:roomId`, SIGNED, async (request) => history.stateIds(request));
  routes.add("GET", `${v1}/event_auth/:roomId/:eventId`, SIGNED, async (request) => history.eventAuth(request));
  routes.add("GET", `${v1}/backfill/:roomId`, SIGNED, async (request) => history.backfill(request));
  routes.add("POST", `${v1}/get_missing_events/:roomId`, SIGNED, async (request) => history.missingEvents(request));
}

class History {
  constructor(private readonly parts: RoomParts) {}

  event(request: FederationRequest): JsonValue {
    const eventId = parameter(request, "eventId");
    const roomId = this.parts.store.roomOf(eventId)?.roomId;
    if (roomId === undefined) throw unknownEvent(eventId);
    const forAnybody = this.parts.core.has("hands-events-to-anybody");
    const room = forAnybody ? this.parts.store.get(roomId) : this.#room(request, roomId);
    const record = room?.record(eventId);
    const withheld = record?.softFailed === true && this.parts.core.has("withholds-soft-failed-events");
    const unproven = record !== undefined && this.#hasOutlivedItsKey(record);
    if (record === undefined || record.rejected || withheld || unproven) throw unknownEvent(eventId);
    return this.#wrapped(request, [this.#told(request, room, record)]);
  }

  /** A fault: what was signed with a key that is no longer current counts for nothing. */
  #hasOutlivedItsKey({ event }: EventRecord): boolean {
    const { core, keys } = this.parts;
    if (!core.has("forgets-under-old-keys")) return false;
    const signer = serverNameOf(event.sender) ?? "";
    const current = keys.heard(signer);
    return current !== undefined && ![...signaturesOf(event, signer).keys()].some((keyId) => current.has(keyId));
  }

  state(request: FederationRequest): JsonValue {
    const { pdus, chain } = this.#stateAt(request);
    return { pdus: wire(pdus.map(({ event }) => event)), auth_chain: wire(chain.map(({ event }) => event)) };
  }

  stateIds(request: FederationRequest): JsonValue {
    const { pdus, chain } = this.#stateAt(request);
    return { pdu_ids: pdus.map(({ eventId }) => eventId), auth_chain_ids: chain.map(({ eventId }) => eventId) };
  }

  eventAuth(request: FederationRequest): JsonValue {
    const room = this.#room(request);
    const eventId = parameter(request, "eventId");
    const record = room.record(eventId);
    if (record === undefined) throw unknownEvent(eventId);
    const chain = authChain(room, [record.event]).map(({ event }) => event);
    return { auth_chain: wire(this.parts.core.has("event-auth-incomplete") ? chain.slice(1) : chain) };
  }

  backfill(request: FederationRequest): JsonValue {
    const from = request.query.getAll("v");
    const room = this.#holder(this.#room(request), from[0]);
    if (from.length === 0) throw new MatrixError(400, "M_MISSING_PARAM", "v is missing");
    for (const id of from) if (room.record(id) === undefined) throw unknownEvent(id);
    const limit = Math.min(wholeNumber(requiredQuery(request, "limit"), "limit", 0), MAX_EVENTS);
    const found = ancestors(room, from, limit, this.parts.core.has("tells-rejected-events")).filter((record) =>
      this.#isTold(record),
    );
    const omitsRequested = this.parts.core.has("backfill-omits-requested");
    const served = omitsRequested ? found.filter(({ eventId }) => !from.includes(eventId)) : found;
    return this.#wrapped(
      request,
      served.map((record) => this.#told(request, room, record)),
    );
  }

  missingEvents(request: FederationRequest): JsonValue {
    const room = this.#room(request);
    const lenient = this.parts.core.has("missing-events-from-anywhere")
      ? { earliest_events: [], latest_events: [] }
      : {};
    const body: JsonObject = { ...lenient, ...objectBody(request) };
    if (!isArray(body.earliest_events) || !isArray(body.latest_events)) {
      throw new MatrixError(400, "M_BAD_JSON", "earliest_events or latest_events is not a list");
    }
    const limit = Math.min(wholeNumber(body.limit, "limit", 10), MAX_EVENTS);
    const found = missingBetween(room, {
      earliest: stringsIn(body.earliest_events),
      latest: stringsIn(body.latest_events),
      limit: this.parts.core.has("missing-events-ignores-limit") ? MAX_EVENTS : limit,
      minDepth: this.parts.core.has("missing-events-at-any-depth") ? 0 : wholeNumber(body.min_depth, "min_depth", 0),
    }).filter((record) => this.#isTold(record));
    return { events: wire(found.map((record) => this.#told(request, room, record))) };
  }

  /** Soft-failed events are told when an event that is told or asked about refers to them (server-server-api#soft-failure). */
  #isTold({ softFailed }: EventRecord): boolean {
    return !softFailed || !this.parts.core.has("hides-soft-failed-history");
  }

  #told({ origin }: FederationRequest, room: StoredRoom | undefined, record: EventRecord): Pdu {
    return room === undefined ? record.event : asToldTo(this.parts.core, room, record, origin);
  }

  #room(request: FederationRequest, roomId = parameter(request, "roomId")): StoredRoom {
    return readableRoom(this.parts.core, this.parts.store, roomId, request.origin);
  }

  /** The room asked about, wherever the event is. */
  #holder(asked: StoredRoom, eventId = ""): StoredRoom {
    return (this.parts.core.has("mixes-rooms") ? this.parts.store.roomOf(eventId) : undefined) ?? asked;
  }

  #stateAt(request: FederationRequest) {
    const [latest = ""] = this.parts.core.has("state-of-no-event") ? this.#room(request).forwardExtremities : [];
    const eventId = latest === "" ? requiredQuery(request, "event_id") : (request.query.get("event_id") ?? latest);
    const room = this.#holder(this.#room(request), eventId);
    const state = this.#stateMap(room, eventId);
    if (state === undefined) throw unknownEvent(eventId);
    const pdus = [...state.values()].flatMap((id) => room.record(id) ?? []);
    const chain = authChain(
      room,
      pdus.map(({ event }) => event),
    );
    return { pdus, chain };
  }

  #stateMap(room: StoredRoom, eventId: EventId): StateMap | undefined {
    return this.parts.core.has("state-ids-after-instead-of-before")
      ? room.stateAfter(eventId)
      : room.stateBefore(eventId);
  }

  #wrapped(request: FederationRequest, pdus: readonly Pdu[]): JsonValue {
    return { origin: this.parts.core.serverName, origin_server_ts: request.now, pdus: wire(pdus) };
  }
}

function wire(events: readonly Pdu[]): readonly JsonValue[] {
  return events as unknown as readonly JsonValue[];
}

function unknownEvent(eventId: EventId): MatrixError {
  return new MatrixError(404, "M_NOT_FOUND", `event ${eventId} is not known here`);
}
