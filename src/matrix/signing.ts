import { CanonicalJsonError, type CanonicalJsonOptions, canonicalJsonBytes } from "./canonical-json.js";
import { isJsonObject, type JsonMembers, type JsonObject, member, omit } from "./json.js";
import { type SigningKey, signBytes, verifyBytes } from "./keys.js";

/**
 * The object with the signer's signature added; other signatures stay, `unsigned` is neither signed nor lost
 * (appendices#signing-details). Throws `CanonicalJsonError` when the object has no canonical form.
 */
export function signJson(
  object: JsonMembers,
  signer: string,
  key: SigningKey,
  options: CanonicalJsonOptions = {},
): JsonObject {
  const signature = signBytes(key, signedBytes(object, options));
  const signatures = member(object, "signatures");
  const others = isJsonObject(signatures) ? signatures : {};
  const ownBefore = member(others, signer);
  const own = { ...(isJsonObject(ownBefore) ? ownBefore : {}), [key.keyId]: signature };
  return { ...omit(object), signatures: { ...others, [signer]: own } };
}

/**
 * Whether the signer signed the object with that key (appendices#checking-for-a-signature).
 * False, never an exception: entry missing, other algorithm, bad base64, no canonical form, wrong signature.
 */
export function checkSignature(
  object: JsonMembers,
  signer: string,
  keyId: string,
  publicKey: string,
  options: CanonicalJsonOptions = {},
): boolean {
  const signature = signaturesOf(object, signer).get(keyId);
  const bytes = signature === undefined ? undefined : signedBytesIfAny(object, options);
  return signature !== undefined && bytes !== undefined && verifyBytes(publicKey, bytes, signature);
}

/** The signer's Ed25519 signatures by key id. Other algorithms and malformed entries are left out, as the check does. */
export function signaturesOf(object: JsonMembers, signer: string): ReadonlyMap<string, string> {
  const signatures = member(object, "signatures");
  const own = isJsonObject(signatures) ? member(signatures, signer) : undefined;
  const found = new Map<string, string>();
  for (const [keyId, signature] of Object.entries(isJsonObject(own) ? own : {})) {
    if (keyId.startsWith("ed25519:") && typeof signature === "string") found.set(keyId, signature);
  }
  return found;
}

function signedBytes(object: JsonMembers, options: CanonicalJsonOptions): Uint8Array {
  return canonicalJsonBytes(omit(object, "signatures", "unsigned"), options);
}

function signedBytesIfAny(object: JsonMembers, options: CanonicalJsonOptions): Uint8Array | undefined {
  try {
    return signedBytes(object, options);
  } catch (error) {
    if (error instanceof CanonicalJsonError) return undefined;
    throw error;
  }
}
