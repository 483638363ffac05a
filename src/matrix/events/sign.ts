import { serverNameOf } from "../identifiers.js";
import { isJsonObject, member } from "../json.js";
import type { SigningKey } from "../keys.js";
import type { Pdu, ServerName, Signatures } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { checkSignature, signJson } from "../signing.js";
import { contentHash } from "./hashes.js";
import { redact } from "./redaction.js";

// Events of old room versions need no canonical form and are signed all the same.
const LENIENT = { lenient: true } as const;

/** The event with its content hash and the server's signature (server-server-api#adding-hashes-and-signatures-to-outgoing-events). */
export function completeEvent(draft: Pdu, rules: RoomVersionRules, serverName: ServerName, key: SigningKey): Pdu {
  const hashed = { ...draft, hashes: { ...draft.hashes, sha256: contentHash(draft) } };
  return addEventSignature(hashed, rules, serverName, key);
}

/** The event with one more signature, over its redacted form; hashes and other signatures stay. */
export function addEventSignature(event: Pdu, rules: RoomVersionRules, serverName: ServerName, key: SigningKey): Pdu {
  const { signatures } = signJson(redact(event, rules), serverName, key, LENIENT);
  return { ...event, signatures: signatures as Signatures };
}

/** Whether that key of the signer signed the event; the full event and its redacted copy give the same answer. */
export function checkEventSignature(
  event: Pdu,
  rules: RoomVersionRules,
  signer: ServerName,
  keyId: string,
  publicKey: string,
): boolean {
  return checkSignature(redact(event, rules), signer, keyId, publicKey, LENIENT);
}

/**
 * The servers whose signatures the event needs (server-server-api#validating-hashes-and-signatures-on-received-events,
 * rooms/v8#authorisation-rules). An id without a domain stands for itself: no server of that name can sign.
 */
export function requiredSigners(event: Pdu, rules: RoomVersionRules): readonly ServerName[] {
  const signers = new Set<ServerName>();
  if (!isThirdPartyInvite(event)) signers.add(domainOf(event.sender));
  if (rules.eventIds === "field") signers.add(domainOf(event.event_id ?? ""));
  const authoriser = event.type === "m.room.member" ? authoriserOf(event) : undefined;
  if (rules.restricted && authoriser !== undefined) signers.add(domainOf(authoriser));
  return [...signers];
}

// The sender is bound to the third-party invite instead, and another server may send the event.
function isThirdPartyInvite(event: Pdu): boolean {
  if (event.type !== "m.room.member" || member(event.content, "membership") !== "invite") return false;
  return isJsonObject(member(event.content, "third_party_invite"));
}

function authoriserOf(event: Pdu): string | undefined {
  const authoriser = member(event.content, "join_authorised_via_users_server");
  if (authoriser === undefined) return undefined;
  return typeof authoriser === "string" ? authoriser : "";
}

function domainOf(id: string): ServerName {
  return serverNameOf(id) ?? id;
}
