import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import * as ed from "@noble/ed25519";
import { Base64Error, decodeBase64, encodeBase64 } from "./base64.js";
import { Recent } from "./recent.js";

ed.hashes.sha512 = (message) => new Uint8Array(createHash("sha512").update(message).digest());

const SEED_LENGTH = 32;
const PUBLIC_KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;
const KEY_VERSION = /^[A-Za-z0-9_]+$/;
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

export type KeyId = `ed25519:${string}`;

/** An Ed25519 signing key; `publicKey` is in unpadded base64. */
export interface SigningKey {
  readonly keyId: KeyId;
  /** 32 bytes. */
  readonly seed: Uint8Array;
  readonly publicKey: string;
}

/** The key of a 32-byte seed; `version` is what follows the colon of the key id. Throws RangeError for anything else. */
export function signingKey(seed: Uint8Array, version: string): SigningKey {
  if (seed.length !== SEED_LENGTH) throw new RangeError(`seed: expected ${SEED_LENGTH} bytes, got ${seed.length}`);
  if (!KEY_VERSION.test(version))
    throw new RangeError(`key version: ${JSON.stringify(version)} is not in [A-Za-z0-9_]+`);
  return { keyId: `ed25519:${version}`, seed, publicKey: encodeBase64(ed.getPublicKey(seed)) };
}

/** The signature in unpadded base64. */
export function signBytes(key: SigningKey, bytes: Uint8Array): string {
  return encodeBase64(sign(null, bytes, privateKeyOf(key)));
}

// Making the key object costs more than a signature, and one key signs everything that a server sends.
const privateKeys = new WeakMap<SigningKey, KeyObject>();

function privateKeyOf(key: SigningKey): KeyObject {
  const held = privateKeys.get(key);
  if (held !== undefined) return held;
  const made = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, key.seed]), format: "der", type: "pkcs8" });
  privateKeys.set(key, made);
  return made;
}

/**
 * Whether the signature by the key (both base64) holds for the bytes; false, never an exception, for malformed input.
 *
 * Policy: RFC 8032 without cofactor, and no public key that is of small order or encoded non-canonically, as in NaCl, to which
 * appendices#signing-details refers. ZIP-215, which accepts all of these, is not used. node:crypto does the arithmetic because
 * it is many times faster; what it lets through beyond the policy, small-order keys, noble's strict decoding refuses first.
 */
export function verifyBytes(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const key = publicKeyObject(publicKey);
  const signatureBytes = decode(signature, SIGNATURE_LENGTH);
  if (key === undefined || signatureBytes === undefined) return false;
  // The signature's bytes are always as many, so that no two questions are made of the same ones.
  const question = createHash("sha256").update(signatureBytes).update(bytes).digest("base64");
  return answers.answer(`${publicKey} ${question}`, () => verify(null, bytes, key, signatureBytes));
}

// One event is checked by every server that gets it and once more in judging; its digest costs a fraction of a verification.
const answers = new Recent<boolean>(32_768);

/** True for base64 of an Ed25519 public key that `verifyBytes` would use. */
export function isPublicKey(publicKey: string): boolean {
  return publicKeyObject(publicKey) !== undefined;
}

// Decoding a point costs more than a verification. A long run has two or three keys for each of its peers.
const keys = new Recent<KeyObject | undefined>(4096);

function publicKeyObject(publicKey: string): KeyObject | undefined {
  return keys.answer(publicKey, () => {
    const bytes = decode(publicKey, PUBLIC_KEY_LENGTH);
    return bytes !== undefined && isUsablePoint(bytes) ? importPublicKey(bytes) : undefined;
  });
}

function importPublicKey(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, bytes]), format: "der", type: "spki" });
}

function isUsablePoint(bytes: Uint8Array): boolean {
  try {
    return !ed.Point.fromBytes(bytes, false).isSmallOrder();
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

function decode(text: string, length: number): Uint8Array | undefined {
  try {
    const bytes = decodeBase64(text);
    return bytes.length === length ? bytes : undefined;
  } catch (error) {
    if (error instanceof Base64Error) return undefined;
    throw error;
  }
}
