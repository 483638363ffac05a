import { REDACTED } from "../../evidence/secrets.js";
import { contentHashMatches } from "../../matrix/events/hashes.js";
import { redact } from "../../matrix/events/redaction.js";
import { checkEventSignature } from "../../matrix/events/sign.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { sameJson } from "../../matrix/same-json.js";
import { signaturesOf } from "../../matrix/signing.js";
import { asEvent, canonicalFault } from "./own-pdus.js";
import type { PassiveCheck } from "./passive-check.js";
import { type PduDemand, pduChecks } from "./pdu-check.js";

/** Why nothing exact can be computed over an event: its numbers, or a secret that the recorder took out. */
function inexact(pdu: JsonObject): string | undefined {
  if (JSON.stringify(pdu).includes(REDACTED)) return "the record leaves out a secret";
  const place = canonicalFault(pdu);
  return place === undefined ? undefined : `${place.path} may have been read inexactly`;
}

/** A redacted copy keeps the hash of what was redacted (server-server-api#signing-events). */
function isRedacted(event: Pdu, rules: RoomVersionRules): boolean {
  const { unsigned: _, ...rest } = event;
  const { unsigned: __, ...redacted } = redact(event, rules);
  return sameJson(rest, redacted);
}

const CONTENT_HASH: PduDemand = {
  name: "pdu-content-hash",
  summary: "hashes.sha256 is the hash of the event",
  requirement: "FED-SIGN-001",
  level: "must",
  look({ pdu }, rules) {
    const event = asEvent(pdu, rules);
    if (event === undefined) return { undecided: "the event lacks what its hash and signature need" };
    if (contentHashMatches(event) || isRedacted(event, rules)) return undefined;
    const why = inexact(pdu);
    return why === undefined ? { wrong: "the content hash does not match" } : { undecided: why };
  },
};

const SIGNED_BY_SENDER: PduDemand = {
  name: "pdu-signed",
  summary: "The event is signed by the server of its sender",
  requirement: "FED-SIGN-005",
  level: "must",
  // A redeemed third-party invite may be made by another server than its sender's (server-server-api#third-party-invites).
  about: ({ pdu }) => !isJsonObject(pdu.content) || pdu.content.third_party_invite === undefined,
  look: ({ pdu }, _rules, { server }) =>
    signaturesOf(pdu, server).size > 0 ? undefined : { wrong: `there is no signature of ${server}` },
};

const SIGNATURE: PduDemand = {
  name: "pdu-signature",
  summary: "The signature of the sender's server is over the redacted event",
  requirement: "FED-SIGN-003",
  level: "must",
  about: ({ pdu }) => typeof pdu.signatures === "object",
  look({ pdu }, rules, { server, facts }) {
    const event = asEvent(pdu, rules);
    if (event === undefined) return { undecided: "the event lacks what its hash and signature need" };
    const keys = facts.serverKeys(server);
    // A policy server's signature of the same name is made with another key (server-server-api#validating-hashes-and-signatures-on-received-events).
    const known = [...signaturesOf(pdu, server).keys()].filter((keyId) => keys.has(keyId) && keyId !== POLICY_KEY);
    if (known.length === 0) return { undecided: `no signature by a key of ${server} that was seen` };
    const bad = known.find((keyId) => !checkEventSignature(event, rules, server, keyId, keys.get(keyId) ?? ""));
    if (bad === undefined) return undefined;
    const why = inexact(pdu);
    return why === undefined ? { wrong: `the signature by ${bad} does not verify` } : { undecided: why };
  },
};

const POLICY_KEY = "ed25519:policy_server";

export const PDU_SIGNATURE_CHECKS: readonly PassiveCheck[] = [CONTENT_HASH, SIGNED_BY_SENDER, SIGNATURE].flatMap(
  pduChecks,
);
