import { eventIdOf } from "../../matrix/events/hashes.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { EventId, Pdu, RoomId, ServerName } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import { type EduReceivers, type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { isResident, requireAllowed } from "../rooms/access.js";
import type { RoomStore } from "../rooms/room-store.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { isArray, objectBody, parameter } from "./body.js";
import { admittedContent } from "./edu-acl.js";

const MAX_PDUS = 50;
const MAX_EDUS = 100;

type EduReceiver = (origin: ServerName, content: JsonObject) => void | Promise<void>;

/** Who takes which EDU. */
export class EduDispatch implements EduReceivers {
  readonly #receivers = new Map<string, EduReceiver[]>();

  constructor(
    private readonly core: Core,
    private readonly store: RoomStore,
  ) {}

  on(eduType: string, receive: EduReceiver): void {
    this.#receivers.set(eduType, [...(this.#receivers.get(eduType) ?? []), receive]);
  }

  /** Hands an EDU over; one that cannot be handled harms nothing else in its transaction. */
  async dispatch(origin: ServerName, edu: JsonValue): Promise<void> {
    if (!isEdu(edu)) return;
    if (!this.#receivers.has(edu.edu_type) && this.core.has("unknown-edu-fails-transaction")) {
      throw new MatrixError(400, "M_UNRECOGNIZED", `there are no EDUs of type ${edu.edu_type}`);
    }
    const content = admittedContent(this.core, this.store, origin, edu.edu_type, edu.content);
    if (content === undefined) return;
    for (const receive of this.#receivers.get(edu.edu_type) ?? []) {
      try {
        await receive(origin, content);
      } catch (error) {
        if (!(error instanceof MatrixError)) throw error;
        this.core.log(`EDU ${edu.edu_type} of ${origin}: ${error.message}`);
      }
    }
  }
}

function isEdu(edu: JsonValue): edu is { readonly edu_type: string; readonly content: JsonObject } {
  return isJsonObject(edu) && typeof edu.edu_type === "string" && isJsonObject(edu.content);
}

function isBrokenTyping(edu: JsonValue): boolean {
  return isEdu(edu) && edu.edu_type === "m.typing" && typeof edu.content.room_id !== "string";
}

/** PUT /send/{txnId} (server-server-api#transactions). `settled` resolves once a join under way to that room is through. */
export function addTransactionRoute(
  parts: RoomParts,
  edus: EduDispatch,
  routes: FederationRoutes,
  settled: (roomId: RoomId) => Promise<void>,
): void {
  const transactions = new Transactions(parts, edus, settled);
  routes.add("PUT", "/_matrix/federation/v1/send/:txnId", { authenticated: true }, (request) =>
    transactions.answer(request),
  );
}

class Transactions {
  readonly #answers = new Map<string, Promise<JsonValue>>();

  constructor(
    private readonly parts: RoomParts,
    private readonly edus: EduDispatch,
    private readonly settled: (roomId: RoomId) => Promise<void>,
  ) {}

  /** The same answer for the same transaction, however often it comes, also while the first is still worked on. */
  async answer(request: FederationRequest): Promise<JsonValue> {
    const { pdus, edus, origin } = this.#read(request);
    const shared = this.parts.core.has("mixes-transaction-ids-of-servers");
    const id = JSON.stringify([shared ? "" : request.origin, parameter(request, "txnId")]);
    const known = this.#answers.get(id);
    if (known !== undefined && this.parts.core.has("refuses-repeated-transactions")) {
      throw new MatrixError(400, "M_UNKNOWN", "this transaction has been here before");
    }
    if (known !== undefined && !this.parts.core.has("reprocesses-transactions")) return known;
    const answer = this.#process(origin, pdus, edus);
    this.#answers.set(id, answer);
    return answer;
  }

  /** The units of a transaction, and the server for which they speak: the one that proved who it is. */
  #read(request: FederationRequest): {
    readonly pdus: readonly JsonValue[];
    readonly edus: readonly JsonValue[];
    readonly origin: ServerName;
  } {
    const body = objectBody(request);
    const { pdus, edus = [] } = body;
    if (!isArray(pdus) || !isArray(edus)) throw new MatrixError(400, "M_BAD_JSON", "pdus or edus is not a list");
    if (typeof body.origin !== "string" || typeof body.origin_server_ts !== "number") {
      throw new MatrixError(400, "M_BAD_JSON", "origin or origin_server_ts is missing");
    }
    const trusted = this.parts.core.has("trusts-transaction-origin");
    if (body.origin !== request.origin && !trusted) {
      throw new MatrixError(403, "M_FORBIDDEN", `the transaction is not of ${request.origin}`);
    }
    if (pdus.length === 0 && this.parts.core.has("refuses-empty-transactions")) {
      throw new MatrixError(400, "M_BAD_JSON", "there are no PDUs");
    }
    if (pdus.length > MAX_PDUS && !this.parts.core.has("accepts-51-pdus")) {
      throw new MatrixError(400, "M_BAD_JSON", `more than ${MAX_PDUS} PDUs`);
    }
    if (edus.length > MAX_EDUS && !this.parts.core.has("accepts-101-edus")) {
      throw new MatrixError(400, "M_BAD_JSON", `more than ${MAX_EDUS} EDUs`);
    }
    return { pdus, edus, origin: trusted ? body.origin : request.origin };
  }

  async #process(origin: ServerName, pdus: readonly JsonValue[], edus: readonly JsonValue[]): Promise<JsonValue> {
    const results: Record<EventId, JsonObject> = {};
    for (const pdu of pdus) {
      const { eventId, error } = await this.#receive(origin, pdu);
      if (eventId !== undefined) results[eventId] = error === undefined ? {} : { error };
      if (error !== undefined && this.parts.core.has("one-bad-pdu-poisons-transaction")) {
        throw new MatrixError(400, "M_BAD_JSON", error);
      }
      if (error !== undefined && this.parts.core.has("stops-at-bad-pdu")) break;
    }
    for (const edu of edus) {
      if (isBrokenTyping(edu) && this.parts.core.has("stops-at-broken-edu")) break;
      await this.edus.dispatch(origin, edu);
    }
    return { pdus: this.parts.core.has("omits-pdu-results") ? {} : results };
  }

  async #receive(origin: ServerName, pdu: JsonValue): Promise<{ eventId?: EventId; error?: string }> {
    if (!isJsonObject(pdu)) return { error: "not an object" };
    const room = typeof pdu.room_id === "string" ? await this.#roomOf(pdu.room_id) : undefined;
    const eventId = idOf(pdu, room);
    const named = eventId === undefined ? {} : { eventId };
    if (room === undefined && this.parts.core.has("unknown-room-fails-transaction")) {
      throw new MatrixError(404, "M_NOT_FOUND", "the room is unknown");
    }
    if (room === undefined) return { ...named, error: "the room is unknown" };
    try {
      this.#requireAllowed(room, pdu, origin);
      const record = await this.parts.receiver.receive(room, pdu, origin);
      return { eventId: record.eventId, ...(record.rejected ? { error: "rejected" } : {}) };
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      this.parts.core.log(`PDU ${eventId} of ${origin}: ${error.message}`);
      return { ...named, error: error.message };
    }
  }

  #requireAllowed(room: StoredRoom, pdu: JsonObject, origin: ServerName): void {
    const { core } = this.parts;
    requireAllowed(core, room, origin);
    const author = typeof pdu.sender === "string" ? serverNameOf(pdu.sender) : undefined;
    if (core.has("access-lists-of-authors") && author !== undefined) requireAllowed(core, room, author);
  }

  async #roomOf(roomId: RoomId): Promise<StoredRoom | undefined> {
    await this.settled(roomId);
    const room = this.parts.store.get(roomId);
    return isResident(this.parts.core, room) ? room : undefined;
  }
}

/** The event's id if it can be told at all: a malformed event may have none. */
function idOf(pdu: JsonObject, room: StoredRoom | undefined): EventId | undefined {
  if (room === undefined || room.rules.eventIds === "field") {
    return typeof pdu.event_id === "string" ? pdu.event_id : undefined;
  }
  return isJsonObject(pdu.content) && typeof pdu.type === "string"
    ? eventIdOf(pdu as unknown as Pdu, room.rules)
    : undefined;
}
