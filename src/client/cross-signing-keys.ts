import type { JsonObject } from "../matrix/json.js";
import { type SigningKey, signingKey } from "../matrix/keys.js";
import { signJson } from "../matrix/signing.js";

/** One user's three cross-signing keys with their private halves (client-server-api#cross-signing). */
export interface CrossSigningKeys {
  readonly userId: string;
  readonly master: SigningKey;
  readonly selfSigning: SigningKey;
  readonly userSigning: SigningKey;
}

type Usage = "master" | "self_signing" | "user_signing";

export function crossSigningKeys(userId: string, random: (length: number) => Uint8Array): CrossSigningKeys {
  const fresh = () => namedByItself(signingKey(random(32), "unnamed"));
  return { userId, master: fresh(), selfSigning: fresh(), userSigning: fresh() };
}

/** A cross-signing key's id is its public half. */
function namedByItself(key: SigningKey): SigningKey {
  return { ...key, keyId: `ed25519:${key.publicKey}` };
}

/** The master key as it is published. */
export function masterKeyObject({ userId, master }: CrossSigningKeys): JsonObject {
  return bare(userId, "master", master);
}

/** A subordinate key as it is published, signed by the master key. */
export function signedKeyObject(keys: CrossSigningKeys, usage: Exclude<Usage, "master">): JsonObject {
  const key = usage === "self_signing" ? keys.selfSigning : keys.userSigning;
  return signJson(bare(keys.userId, usage, key), keys.userId, keys.master);
}

function bare(userId: string, usage: Usage, { keyId, publicKey }: SigningKey): JsonObject {
  return { user_id: userId, usage: [usage], keys: { [keyId]: publicKey } };
}
