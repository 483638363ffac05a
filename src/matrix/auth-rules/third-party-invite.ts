import { isJsonObject, type JsonObject, type JsonValue, member } from "../json.js";
import type { Pdu } from "../pdu.js";
import { checkSignature } from "../signing.js";
import { type AuthContext, type AuthRule, membershipOf } from "./context.js";

import { allow, refuse } from "./verdict.js";

/** FED-AR-031 (rooms/v1#authorisation-rules 5.3.1.1). */
const targetIsNotBanned: AuthRule = (context) =>
  membershipOf(context, context.event.state_key ?? "") === "ban"
    ? refuse("FED-AR-031", `${context.event.state_key} is banned`)
    : undefined;

/** FED-AR-032 (rooms/v1#authorisation-rules 5.3.1.2). */
const hasSigned: AuthRule = (context) =>
  signedOf(context) === undefined ? refuse("FED-AR-032", "third_party_invite has no signed object") : undefined;

/** FED-AR-033 (rooms/v1#authorisation-rules 5.3.1.3). */
const hasMxidAndToken: AuthRule = (context) => {
  const { mxid, token } = signedOf(context) ?? {};
  return typeof mxid === "string" && typeof token === "string"
    ? undefined
    : refuse("FED-AR-033", "signed has no mxid and token");
};

/** FED-AR-034 (rooms/v1#authorisation-rules 5.3.1.4). */
const mxidIsTarget: AuthRule = (context) =>
  signedOf(context)?.mxid === context.event.state_key
    ? undefined
    : refuse("FED-AR-034", `signed.mxid is not ${context.event.state_key}`);

/** FED-AR-035 (rooms/v1#authorisation-rules 5.3.1.5). */
const roomHoldsInvitation: AuthRule = (context) =>
  invitationOf(context) === undefined ? refuse("FED-AR-035", "no m.room.third_party_invite has this token") : undefined;

/** FED-AR-036 (rooms/v1#authorisation-rules 5.3.1.6). */
const sameSender: AuthRule = (context) => {
  const inviter = invitationOf(context)?.sender;
  return inviter === context.event.sender ? undefined : refuse("FED-AR-036", `the invitation was sent by ${inviter}`);
};

/** FED-AR-037 (rooms/v1#authorisation-rules 5.3.1.7). */
const anySignatureMatchesAnyKey: AuthRule = (context) => {
  const signed = signedOf(context);
  const invitation = invitationOf(context);
  if (signed === undefined || invitation === undefined) return undefined;
  const keys = publicKeysOf(invitation);
  const matched = signatureNames(signed).some(([signer, keyId]) =>
    keys.some((publicKey) => checkSignature(signed, signer, keyId, publicKey)),
  );
  return matched ? allow("FED-AR-037") : undefined;
};

/** FED-AR-038 (rooms/v1#authorisation-rules 5.3.1.8). */
const otherwiseRefused: AuthRule = () => refuse("FED-AR-038", "no signature matches a public key of the invitation");

function signedOf({ event }: AuthContext): JsonObject | undefined {
  const invitation = event.content.third_party_invite;
  const signed = isJsonObject(invitation) ? invitation.signed : undefined;
  return isJsonObject(signed) ? signed : undefined;
}

function invitationOf(context: AuthContext): Pdu | undefined {
  const token = signedOf(context)?.token;
  return typeof token === "string" ? context.state("m.room.third_party_invite", token) : undefined;
}

/** The invitation's keys: the single one and those of the list (client-server-api#mroomthird_party_invite). */
function publicKeysOf(invitation: Pdu): string[] {
  const { public_key, public_keys } = invitation.content;
  const listed: readonly JsonValue[] = Array.isArray(public_keys) ? public_keys : [];
  const keys = [public_key, ...listed.map((entry) => (isJsonObject(entry) ? entry.public_key : undefined))];
  return keys.filter((key) => typeof key === "string");
}

/** Every [signer, key id] under which something is signed. */
function signatureNames(signed: JsonObject): [string, string][] {
  const signers = isJsonObject(signed.signatures) ? signed.signatures : {};
  return Object.keys(signers).flatMap((signer) => {
    const signatures = member(signers, signer);
    return isJsonObject(signatures) ? Object.keys(signatures).map((keyId): [string, string] => [signer, keyId]) : [];
  });
}

/** Rooms/v1#authorisation-rules 5.3.1, in order; the last rule always decides. */
export const THIRD_PARTY_INVITE_RULES: readonly AuthRule[] = [
  targetIsNotBanned,
  hasSigned,
  hasMxidAndToken,
  mxidIsTarget,
  roomHoldsInvitation,
  sameSender,
  anySignatureMatchesAnyKey,
  otherwiseRefused,
];
