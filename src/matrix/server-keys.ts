import { isJsonObject, type JsonObject, type JsonValue, member } from "./json.js";
import { isPublicKey, type SigningKey } from "./keys.js";
import type { ServerName } from "./pdu.js";
import { checkSignature, signJson } from "./signing.js";

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;
const ED25519_KEY_ID = /^ed25519:[A-Za-z0-9_]+$/;

export interface RetiredKey {
  readonly key: SigningKey;
  /** Milliseconds since the epoch. */
  readonly expiredTs: number;
}

export interface ServerKeysOptions {
  readonly serverName: ServerName;
  readonly keys: readonly SigningKey[];
  readonly oldKeys?: readonly RetiredKey[];
  /** Milliseconds since the epoch. */
  readonly validUntilTs: number;
}

/** A server's keys as published; base64 public keys by key id. */
export interface PublishedKeys {
  readonly serverName: ServerName;
  readonly validUntilTs: number;
  readonly verifyKeys: ReadonlyMap<string, string>;
  /** Good for events up to `expiredTs`, never for requests. */
  readonly oldVerifyKeys: ReadonlyMap<string, { readonly key: string; readonly expiredTs: number }>;
}

export type ServerKeysCheck =
  | { readonly ok: true; readonly keys: PublishedKeys }
  | { readonly ok: false; readonly reason: string };

/** The key document of a server, signed by each of its current keys (server-server-api#publishing-keys). */
export function serverKeysDocument(options: ServerKeysOptions): JsonObject {
  const verifyKeys = options.keys.map(({ keyId, publicKey }) => [keyId, { key: publicKey }]);
  const oldKeys = (options.oldKeys ?? []).map(({ key, expiredTs }) => [
    key.keyId,
    { key: key.publicKey, expired_ts: expiredTs },
  ]);
  const unsigned: JsonObject = {
    server_name: options.serverName,
    verify_keys: Object.fromEntries(verifyKeys),
    old_verify_keys: Object.fromEntries(oldKeys),
    valid_until_ts: options.validUntilTs,
  };
  return options.keys.reduce((document, key) => signJson(document, options.serverName, key), unsigned);
}

/**
 * Reads a key document: the name must be the expected one and every current Ed25519 key must have signed it
 * (server-server-api#get_matrixkeyv2server). Keys of other algorithms are left out.
 */
export function checkServerKeys(document: JsonValue, expectedServerName: ServerName): ServerKeysCheck {
  const read = readServerKeys(document, expectedServerName);
  if (!read.ok || !isJsonObject(document)) return read;
  for (const [keyId, key] of read.keys.verifyKeys) {
    if (!checkSignature(document, expectedServerName, keyId, key)) return refuse(`no valid signature by ${keyId}`);
  }
  return read;
}

/** The same without a look at the signatures. */
export function readServerKeys(document: JsonValue, expectedServerName: ServerName): ServerKeysCheck {
  if (!isJsonObject(document)) return refuse("not an object");
  if (document.server_name !== expectedServerName) return refuse(`server_name is not ${expectedServerName}`);
  const validUntilTs = document.valid_until_ts;
  if (!isTimestamp(validUntilTs)) return refuse("valid_until_ts is not an integer");
  const current = readKeys(document.verify_keys);
  if (typeof current === "string") return refuse(`verify_keys: ${current}`);
  if (current.size === 0) return refuse("verify_keys has no Ed25519 key");
  const oldVerifyKeys = readOldKeys(document.old_verify_keys ?? {});
  if (typeof oldVerifyKeys === "string") return refuse(`old_verify_keys: ${oldVerifyKeys}`);
  const verifyKeys = new Map([...current].map(([keyId, { key }]) => [keyId, key]));
  return { ok: true, keys: { serverName: expectedServerName, validUntilTs, verifyKeys, oldVerifyKeys } };
}

/** Until when the keys may be relied on: never longer than seven days from fetching them. All in milliseconds. */
export function effectiveValidUntil(validUntilTs: number, fetchedAt: number): number {
  return Math.min(validUntilTs, fetchedAt + SEVEN_DAYS_MS);
}

interface KeyEntry {
  readonly key: string;
  readonly entry: JsonObject;
}

function readKeys(keys: JsonValue | undefined): ReadonlyMap<string, KeyEntry> | string {
  if (!isJsonObject(keys)) return "not an object";
  const found = new Map<string, KeyEntry>();
  for (const [keyId, entry] of Object.entries(keys)) {
    if (!keyId.startsWith("ed25519:")) continue;
    if (!ED25519_KEY_ID.test(keyId)) return `bad key id ${JSON.stringify(keyId)}`;
    const key = isJsonObject(entry) ? member(entry, "key") : undefined;
    if (!isJsonObject(entry) || typeof key !== "string" || !isPublicKey(key))
      return `${keyId} has no Ed25519 public key`;
    found.set(keyId, { key, entry });
  }
  return found;
}

function readOldKeys(keys: JsonValue): PublishedKeys["oldVerifyKeys"] | string {
  const read = readKeys(keys);
  if (typeof read === "string") return read;
  const found = new Map<string, { key: string; expiredTs: number }>();
  for (const [keyId, { key, entry }] of read) {
    const expiredTs = member(entry, "expired_ts");
    if (!isTimestamp(expiredTs)) return `expired_ts of ${keyId} is not an integer`;
    found.set(keyId, { key, expiredTs });
  }
  return found;
}

function isTimestamp(value: JsonValue | undefined): value is number {
  return Number.isSafeInteger(value);
}

function refuse(reason: string): ServerKeysCheck {
  return { ok: false, reason };
}
