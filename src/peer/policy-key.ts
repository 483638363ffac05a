import { createHash } from "node:crypto";
import { type SigningKey, signingKey } from "../matrix/keys.js";
import { POLICY_KEY_ID } from "../matrix/policy-server.js";

/** The key with which a peer signs as policy server: made from its signing key, and not published as a server's key. */
export function policyKeyOf(key: SigningKey): SigningKey {
  const seed = createHash("sha256").update("policy server").update(key.seed).digest();
  return signingKey(new Uint8Array(seed), POLICY_KEY_ID.slice("ed25519:".length));
}
