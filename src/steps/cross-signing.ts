import { Type } from "@sinclair/typebox";
import {
  type CrossSigningKeys,
  crossSigningKeys,
  masterKeyObject,
  signedKeyObject,
} from "../client/cross-signing-keys.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { SigningKey } from "../matrix/keys.js";
import { signJson } from "../matrix/signing.js";
import { askFor } from "./client-calls.js";
import type { StepContext } from "./context.js";
import { defineStep } from "./define.js";
import { instanceStore } from "./instance-store.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });

const keysOf = instanceStore<CrossSigningKeys>();

export const uploadCrossSigning = defineStep({
  name: "upload-cross-signing",
  summary: "A user uploads cross-signing keys, the first of the account, and signs their device with them",
  input: Type.Object({ as, id: Type.String({ description: "The name to bind the public master key to." }) }, closed),
  binds: ["id"],
  describe: ({ as: who }) => `${who} uploads cross-signing keys and signs their device with them`,
  async run(context, input) {
    const { userId, deviceId } = context.client(input.as);
    const keys = crossSigningKeys(userId, context.random);
    keysOf.set(context, input.as, keys);
    await askFor(context, input.as, "POST", "/keys/device_signing/upload", {
      master_key: masterKeyObject(keys),
      self_signing_key: signedKeyObject(keys, "self_signing"),
      user_signing_key: signedKeyObject(keys, "user_signing"),
    });
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
