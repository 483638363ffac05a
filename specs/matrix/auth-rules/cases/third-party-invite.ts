import type { JsonObject } from "../../../../src/matrix/json.js";
import { signingKey } from "../../../../src/matrix/keys.js";
import { signJson } from "../../../../src/matrix/signing.js";
import { ADMIN, type AuthCase, BANNED, MEMBER, member, type Sketch, STRANGER } from "../../../support/auth-case.js";

const key = signingKey(new Uint8Array(32).fill(7), "0");
const otherKey = signingKey(new Uint8Array(32).fill(8), "0");
const urlSafe = key.publicKey.replaceAll("+", "-").replaceAll("/", "_");

const invitation = (content: JsonObject): Sketch => ({
  type: "m.room.third_party_invite",
  sender: ADMIN,
  state_key: "token",
  content,
});
const plain = invitation({ public_key: key.publicKey });

function signed(mxid = STRANGER, by = key): JsonObject {
  return signJson({ mxid, token: "token" }, "identity.example", by);
}

function invite(signedPart: JsonObject | undefined, sender = ADMIN, target = STRANGER): Sketch {
  const third_party_invite = { display_name: "s", ...(signedPart === undefined ? {} : { signed: signedPart }) };
  return member(target, "invite", sender, { third_party_invite });
}

const everywhere = { versions: "1-12", state: [plain] } as const;

export const THIRD_PARTY_CASES: readonly AuthCase[] = [
  {
    rule: "FED-AR-031",
    allowed: false,
    when: "the target is banned",
    ...everywhere,
    event: invite(signed(BANNED), ADMIN, BANNED),
  },
  { rule: "FED-AR-032", allowed: false, when: "nothing is signed", ...everywhere, event: invite(undefined) },
  { rule: "FED-AR-033", allowed: false, when: "signed has no token", ...everywhere, event: invite({ mxid: STRANGER }) },
  { rule: "FED-AR-033", allowed: false, when: "signed has no mxid", ...everywhere, event: invite({ token: "token" }) },
  { rule: "FED-AR-034", allowed: false, when: "mxid is someone else", ...everywhere, event: invite(signed(MEMBER)) },
  {
    rule: "FED-AR-035",
    allowed: false,
    when: "the room has no such invitation",
    versions: "1-12",
    event: invite(signed()),
  },
  {
    rule: "FED-AR-036",
    allowed: false,
    when: "another than the inviter sends it",
    ...everywhere,
    event: invite(signed(), MEMBER),
  },
  { rule: "FED-AR-037", allowed: true, when: "public_key matches", ...everywhere, event: invite(signed()) },
  {
    rule: "FED-AR-037",
    allowed: true,
    when: "an entry of public_keys matches",
    versions: "1-12",
    event: invite(signed()),
    state: [invitation({ public_key: otherKey.publicKey, public_keys: [{ public_key: key.publicKey }] })],
  },
  {
    rule: "FED-AR-037",
    allowed: true,
    when: "the key is written in the URL-safe alphabet",
    versions: "1-12",
    event: invite(signed()),
    state: [invitation({ public_key: urlSafe })],
  },
  {
    rule: "FED-AR-038",
    allowed: false,
    when: "another key signed, though an ordinary invite would pass",
    ...everywhere,
    event: invite(signed(STRANGER, otherKey)),
  },
  {
    rule: "FED-AR-038",
    allowed: false,
    when: "there is no signature",
    ...everywhere,
    event: invite({ mxid: STRANGER, token: "token" }),
  },
  {
    rule: "FED-AR-059",
    allowed: true,
    when: "a member at the invite level makes an invitation, whatever its type requires",
    versions: "1-12",
    event: { ...plain, sender: MEMBER },
  },
  {
    rule: "FED-AR-059",
    allowed: false,
    when: "a member below the invite level makes an invitation",
    versions: "1-12",
    event: { ...plain, sender: MEMBER },
    state: [{ type: "m.room.power_levels", state_key: "", content: { invite: 1, state_default: 0 } }],
  },
];
