import { createCipheriv, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { decodeBase64, encodeBase64 } from "../matrix/base64.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { ClientUser } from "./client-user.js";
import { clientPath } from "./paths.js";

const ALGORITHM = "m.secret_storage.v1.aes-hmac-sha2";
const DEFAULT_KEY = "m.secret_storage.default_key";
const IV_LENGTH = 16;

/** Secrets in a user's account data, which only the holder of the recovery key can read (client-server-api#secret-storage). */
export class SecretStorage {
  readonly #client: ClientUser;
  readonly #keyId: string;
  /** 32 bytes. */
  readonly recoveryKey: Uint8Array;

  private constructor(client: ClientUser, keyId: string, recoveryKey: Uint8Array) {
    this.#client = client;
    this.#keyId = keyId;
    this.recoveryKey = recoveryKey;
  }

  /** Makes a key and says in the account data that it is the one in use. */
  static async create(client: ClientUser, signal: AbortSignal): Promise<SecretStorage> {
    const recoveryKey = crypto.getRandomValues(new Uint8Array(32));
    const keyId = encodeBase64(crypto.getRandomValues(new Uint8Array(12))).replaceAll(/[+/]/g, "x");
    const proof = seal(recoveryKey, "", Buffer.alloc(32));
    const description = { algorithm: ALGORITHM, iv: proof.iv, mac: proof.mac };
    await putAccountData(client, `m.secret_storage.key.${keyId}`, description, signal);
    await putAccountData(client, DEFAULT_KEY, { key: keyId }, signal);
    return new SecretStorage(client, keyId, recoveryKey);
  }

  /** Opens what another device made; rejects with `ClientError` when the recovery key is not the one in use. */
  static async open(client: ClientUser, recoveryKey: Uint8Array, signal: AbortSignal): Promise<SecretStorage> {
    const keyId = await readAccountData(client, DEFAULT_KEY, ({ key }) => textOf(key, "key"), signal);
    const prove = ({ iv, mac }: JsonObject) => {
      const proof = seal(recoveryKey, "", Buffer.alloc(32), decodeBase64(textOf(iv, "iv")));
      if (proof.mac !== textOf(mac, "mac").replace(/=+$/, ""))
        throw new Error("the recovery key is not that of the secret storage");
    };
    await readAccountData(client, `m.secret_storage.key.${keyId}`, prove, signal);
    return new SecretStorage(client, keyId, recoveryKey);
  }

  async put(name: string, secret: string, signal: AbortSignal): Promise<void> {
    const encrypted = { ...seal(this.recoveryKey, name, Buffer.from(secret, "utf8")) };
    await putAccountData(this.#client, name, { encrypted: { [this.#keyId]: encrypted } }, signal);
  }

  /** The secret as it was put; rejects with `ClientError` when it is not there or was altered. */
  get(name: string, signal: AbortSignal): Promise<string> {
    const read = ({ encrypted }: JsonObject) => {
      const sealed = isJsonObject(encrypted) ? encrypted[this.#keyId] : undefined;
      if (!isJsonObject(sealed)) throw new Error(`the account data holds no secret ${name} under the key in use`);
      return unseal(this.recoveryKey, name, sealed).toString("utf8");
    };
    return readAccountData(this.#client, name, read, signal);
  }
}

interface Sealed {
  readonly iv: string;
  readonly ciphertext: string;
  readonly mac: string;
}

function keysFor(key: Uint8Array, name: string): { readonly aes: Uint8Array; readonly mac: Uint8Array } {
  const derived = new Uint8Array(hkdfSync("sha256", key, Buffer.alloc(32), name, 64));
  return { aes: derived.subarray(0, 32), mac: derived.subarray(32) };
}

function seal(key: Uint8Array, name: string, secret: Uint8Array, iv: Uint8Array = freshIv()): Sealed {
  const keys = keysFor(key, name);
  const cipher = createCipheriv("aes-256-ctr", keys.aes, iv);
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()]);
  const mac = createHmac("sha256", keys.mac).update(ciphertext).digest();
  return { iv: encodeBase64(iv), ciphertext: encodeBase64(ciphertext), mac: encodeBase64(mac) };
}

function unseal(key: Uint8Array, name: string, { iv, ciphertext, mac }: JsonObject): Buffer {
  const keys = keysFor(key, name);
  const bytes = decodeBase64(textOf(ciphertext, "ciphertext"));
  const expected = createHmac("sha256", keys.mac).update(bytes).digest();
  const given = decodeBase64(textOf(mac, "mac"));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Error(`${name} was altered`);
  // In counter mode deciphering is enciphering once more.
  const cipher = createCipheriv("aes-256-ctr", keys.aes, decodeBase64(textOf(iv, "iv")));
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

/** One bit is kept clear, as implementations of the counter differ in how it overflows. */
function freshIv(): Uint8Array {
  const iv = crypto.getRandomValues(new Uint8Array(IV_LENGTH));
  iv[8] = (iv[8] ?? 0) & 0x7f;
  return iv;
}

async function putAccountData(
  client: ClientUser,
  type: string,
  content: JsonObject,
  signal: AbortSignal,
): Promise<void> {
  await client.expectObject("PUT", clientPath("user", client.userId, "account_data", type), content, { signal });
}

function readAccountData<T>(
  client: ClientUser,
  type: string,
  read: (content: JsonObject) => T,
  signal: AbortSignal,
): Promise<T> {
  return client.expectUsable("GET", clientPath("user", client.userId, "account_data", type), undefined, read, signal);
}

function textOf(value: JsonValue | undefined, name: string): string {
  if (typeof value !== "string") throw new Error(`"${name}" is no text`);
  return value;
}
