import { checkEventFormat } from "../../matrix/events/format.js";
import { contentHashMatches, eventIdOf, roomIdOfCreate } from "../../matrix/events/hashes.js";
import { redact } from "../../matrix/events/redaction.js";
import { checkEventSignature, requiredSigners } from "../../matrix/events/sign.js";
import { isCurrentUserId } from "../../matrix/identifiers.js";
import { type JsonObject, omit } from "../../matrix/json.js";
import type { EventId, Pdu, RoomId, ServerName } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { signaturesOf } from "../../matrix/signing.js";
import type { Core } from "../core.js";
import { type ComposedEvent, MatrixError } from "../parts.js";
import { domainOf } from "../rooms/membership.js";
import { formJudged, formRules } from "./faulty-form.js";
import type { KeyRing } from "./key-ring.js";

export interface EventSource {
  /** The server that handed the event over; asked as notary when the signer does not answer. */
  readonly server: ServerName;
  /** The limits on references do not hold for history (server-server-api#get_matrixfederationv1backfillroomid). */
  readonly history?: boolean;
  /** Whether the server sends the event of its own accord, as transactions do. */
  readonly delivers?: boolean;
  /** A fault: whoever handed the event over is believed. */
  readonly believed?: boolean;
}

/** Checks 1 to 3 on receipt of a PDU (server-server-api#checks-performed-on-receipt-of-a-pdu). */
export class EventChecks {
  constructor(
    private readonly core: Core,
    private readonly keys: KeyRing,
  ) {}

  /** The event as it is to be used: whole, or redacted when its content hash is wrong. Throws MatrixError 400 for one to drop. */
  async check(json: JsonObject, rules: RoomVersionRules, roomId: RoomId, source: EventSource): Promise<ComposedEvent> {
    const event = this.checkFormat(json, rules, source.history === true);
    if (roomIdOf(event, rules) !== roomId) throw invalid(`the event is not of room ${roomId}`);
    const eventId = this.#idOf(event, json, rules);
    if (!this.core.has("skips-event-signature-check") && source.believed !== true)
      await this.#checkSignaturesFrom(event, rules, source);
    return { eventId, event: this.#withSoundContent(event, rules) };
  }

  checkFormat(json: JsonObject, rules: RoomVersionRules, history = false): Pdu {
    // What a server adds for others to read is not covered by any hash: nothing here may depend on it.
    const bare = this.core.has("shows-unsigned-of-others") ? json : omit(json, "unsigned");
    const format = checkEventFormat(formJudged(this.core, bare, history), formRules(this.core, rules));
    const ofOld = format.ok && !isCurrentUserId(format.event.sender) && this.core.has("todays-user-ids-only");
    if (ofOld) throw invalid("the sender's name is of the old kind");
    if (!format.ok && !this.core.has("skips-event-format-check")) throw invalid(format.reason);
    return bare as unknown as Pdu;
  }

  /** Every server that must have signed did, with a key good at that time. */
  async checkSignatures(event: Pdu, rules: RoomVersionRules, notary: ServerName): Promise<void> {
    if (this.core.has("any-signature-will-do") && (await this.#anySigner(event, rules, notary))) return;
    for (const signer of this.#signersOf(event, rules)) await this.#checkSigner(event, rules, signer, notary);
  }

  async #checkSignaturesFrom(event: Pdu, rules: RoomVersionRules, { server, delivers }: EventSource): Promise<void> {
    if (delivers === true && this.core.has("believes-the-deliverer")) {
      return this.#checkSigner(event, rules, server, server);
    }
    return this.checkSignatures(event, rules, server);
  }

  async #anySigner(event: Pdu, rules: RoomVersionRules, notary: ServerName): Promise<boolean> {
    for (const signer of Object.keys(event.signatures ?? {})) {
      const checked = this.#checkSigner(event, rules, signer, notary);
      if ((await Promise.allSettled([checked]))[0]?.status === "fulfilled") return true;
    }
    return false;
  }

  #idOf(event: Pdu, { event_id: claimed }: JsonObject, rules: RoomVersionRules): EventId {
    const believed = this.core.has("takes-claimed-event-ids") && typeof claimed === "string";
    const unhashed = this.core.has("ids-without-hashes") && !contentHashMatches(event);
    return believed ? claimed : eventIdOf(unhashed ? { ...event, hashes: {} } : event, rules);
  }

  #signersOf(event: Pdu, rules: RoomVersionRules): readonly ServerName[] {
    const vouched = rules.restricted && event.content.join_authorised_via_users_server !== undefined;
    const signers = requiredSigners(
      event,
      vouched && this.core.has("unsigned-vouchers") ? { ...rules, restricted: false } : rules,
    );
    if (rules.eventIds === "field" && this.core.has("names-need-no-signature")) {
      return signers.filter((signer) => signer !== domainOf(event.event_id ?? "") || signer === domainOf(event.sender));
    }
    return this.core.has("wants-the-inviters-signature") ? [...signers, domainOf(event.sender)] : signers;
  }

  async #checkSigner(event: Pdu, rules: RoomVersionRules, signer: ServerName, notary: ServerName): Promise<void> {
    const at = { ts: event.origin_server_ts, enforced: rules.enforcesKeyValidity, notary };
    let verified = 0;
    for (const keyId of signaturesOf(event, signer).keys()) {
      const publicKey = await this.keys.forEvent(signer, keyId, at);
      if (publicKey === undefined) {
        if (keyId === POLICY_KEY && this.core.has("policy-signatures-must-verify"))
          throw invalid(`${keyId} is unknown`);
        if (this.core.has("every-signature-must-verify")) throw invalid(`the key ${keyId} of ${signer} is unknown`);
        continue;
      }
      if (!checkEventSignature(event, rules, signer, keyId, publicKey)) {
        if (this.core.has("one-good-signature-suffices")) continue;
        throw invalid(`the signature of ${signer} by ${keyId} does not verify`);
      }
      verified += 1;
    }
    if (verified === 0) throw invalid(`no signature of ${signer} by a key known and valid at the time`);
  }

  #withSoundContent(event: Pdu, rules: RoomVersionRules): Pdu {
    const hashes = Object.keys(event.hashes ?? {});
    if (hashes.length > 1 && this.core.has("strips-unknown-hashes")) return redact(event, rules);
    if (event.hashes?.sha256?.endsWith("=") && this.core.has("refuses-padded-hashes")) return redact(event, rules);
    if (contentHashMatches(event) || this.core.has("keeps-content-on-hash-mismatch")) return event;
    if (this.core.has("drops-instead-of-redacts")) throw invalid("the content hash is wrong");
    return redact(event, rules);
  }
}

const POLICY_KEY = "ed25519:policy_server";

/** The room that an event belongs to; undefined when it does not say. */
export function roomIdOf(event: Pdu, rules: RoomVersionRules): RoomId | undefined {
  const makesRoom = event.type === "m.room.create" && rules.roomIds === "create-hash";
  return makesRoom && event.room_id === undefined ? roomIdOfCreate(event, rules) : event.room_id;
}

function invalid(reason: string): MatrixError {
  return new MatrixError(400, "M_INVALID_PARAM", reason);
}
