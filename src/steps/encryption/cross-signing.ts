import { Type } from "@sinclair/typebox";
import {
  type CrossSigningKeys,
  crossSigningKeys,
  masterKeyObject,
  signedKeyObject,
} from "../../client/cross-signing-keys.js";
import { encodeBase64 } from "../../matrix/base64.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { SigningKey } from "../../matrix/keys.js";
import { signJson } from "../../matrix/signing.js";
import { ask, askFor } from "../asking/client-calls.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { instanceStore } from "../instance-store.js";
import { passwordOf } from "./crypto-devices.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });

const keysOf = instanceStore<CrossSigningKeys>();

export const uploadCrossSigning = defineStep({
  name: "upload-cross-signing",
  summary: "A user uploads cross-signing keys, the first of the account, and signs their device with them",
  input: Type.Object(
    {
      as,
      id: Type.String({ description: "The name to bind the public master key to." }),
      only: Type.Optional(
        Type.Union([Type.Literal("master"), Type.Literal("rest")], {
          description: "The master key alone, or those that it signs, later and with the password.",
          "refers-to": "nothing",
        }),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, only }) =>
    only === undefined
      ? `${who} uploads cross-signing keys and signs their device with them`
      : `${who} uploads ${only === "master" ? "a master key" : "the keys that the master key signs"}`,
  async run(context, input) {
    const { userId, deviceId } = context.client(input.as);
    const keys = keysOf.get(context, input.as) ?? crossSigningKeys(userId, context.random);
    keysOf.set(context, input.as, keys);
    const master = { master_key: masterKeyObject(keys) };
    const rest = {
      self_signing_key: signedKeyObject(keys, "self_signing"),
      user_signing_key: signedKeyObject(keys, "user_signing"),
    };
    if (input.only === "rest") await addKeys(context, input.as, rest);
    else {
      const body = input.only === "master" ? master : { ...master, ...rest };
      await askFor(context, input.as, "POST", UPLOAD, body);
    }
    if (input.only === "master") return context.bind(input.id, { kind: "text", value: keys.master.publicKey });
    await uploadSignature(context, input.as, { owner: userId, target: deviceId, signer: keys.selfSigning });
    context.bind(input.id, { kind: "text", value: keys.master.publicKey });
  },
});

export const verifyUser = defineStep({
  name: "verify-user",
  summary: "A user signs another's master key with their own user-signing key",
  input: Type.Object({ as, of: Type.String({ description: "A member of the cast." }) }, closed),
  describe: ({ as: who, of: whom }) => `${who} confirms the identity of ${whom}`,
  async run(context, input) {
    const keys = keysOf.get(context, input.as);
    if (keys === undefined) throw new Error(`${input.as} has no cross-signing keys: upload-cross-signing comes first`);
    const owner = context.user(input.of).userId;
    await uploadSignature(context, input.as, { owner, signer: keys.userSigning });
  },
});

const UPLOAD = "/keys/device_signing/upload";

/** Adds to the keys that are there, for which a server asks for the password (client-server-api#post_matrixclientv3keysdevice_signingupload). */
async function addKeys(context: StepContext, as: string, keys: JsonObject): Promise<void> {
  const { status, body } = await ask(context, as, "POST", UPLOAD, keys);
  if (status === 200) return;
  const password = await passwordOf(context, as);
  const identifier = { type: "m.id.user", user: context.client(as).userId };
  const auth = { type: "m.login.password", identifier, password, session: body.session ?? "" };
  await askFor(context, as, "POST", UPLOAD, { ...keys, auth });
}

export const uploadFalseSignature = defineStep({
  name: "upload-false-signature",
  summary: "A user uploads a signature of one of their devices that their self-signing key has not made",
  input: Type.Object(
    { as, device: Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }) },
    closed,
  ),
  describe: ({ as: who }) => `${who} uploads a signature that does not hold`,
  async run(context, input) {
    const keys = keysOf.get(context, input.as);
    if (keys === undefined) throw new Error(`${input.as} has no cross-signing keys: upload-cross-signing comes first`);
    const { userId } = context.client(input.as);
    const deviceId = String(context.bound(input.device, "text").value);
    const answer = await askFor(context, input.as, "POST", "/keys/query", { device_keys: { [userId]: [] } });
    const device = under(answer, "device_keys", userId, deviceId);
    if (device === undefined) return context.fail(context.seatOf(input.as), "keys/query shows no such device");
    const { signatures: _signatures, unsigned: _unsigned, ...bare } = device;
    const signature = encodeBase64(context.random(64));
    const signed = { ...bare, signatures: { [userId]: { [keys.selfSigning.keyId]: signature } } };
    await askFor(context, input.as, "POST", "/keys/signatures/upload", { [userId]: { [deviceId]: signed } });
  },
});

/** Signs a device of the owner, or the owner's master key where no device is named, as the server shows it. */
async function uploadSignature(
  context: StepContext,
  as: string,
  { owner, target, signer }: { readonly owner: string; readonly target?: string; readonly signer: SigningKey },
): Promise<void> {
  const answer = await askFor(context, as, "POST", "/keys/query", { device_keys: { [owner]: [] } });
  const object =
    target === undefined ? under(answer, "master_keys", owner) : under(answer, "device_keys", owner, target);
  if (object === undefined) return context.fail(context.seatOf(as), `keys/query shows no key of ${owner} to sign`);
  const name = target ?? publicKeyIn(object);
  const { userId } = context.client(as);
  const { signatures: _others, ...unsigned } = object;
  const body = { [owner]: { [name]: signJson(unsigned, userId, signer) } };
  const told = await askFor(context, as, "POST", "/keys/signatures/upload", body);
  const refused = isJsonObject(told.failures) && Object.keys(told.failures).length > 0;
  if (refused) context.fail(context.seatOf(as), `the signature was refused: ${JSON.stringify(told.failures)}`);
}

function under(value: JsonObject, ...path: readonly string[]): JsonObject | undefined {
  const found = path.reduce<JsonValue | undefined>(
    (inner, key) => (isJsonObject(inner) ? inner[key] : undefined),
    value,
  );
  return isJsonObject(found) ? found : undefined;
}

function publicKeyIn({ keys }: JsonObject): string {
  const [first] = isJsonObject(keys) ? Object.values(keys) : [];
  return typeof first === "string" ? first : "";
}
