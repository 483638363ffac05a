import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { sameJson } from "../../matrix/same-json.js";
import { checkSignature } from "../../matrix/signing.js";
import { MatrixError } from "../parts.js";
import type { Devices } from "./devices.js";

export type KeyUsage = "master" | "self_signing" | "user_signing";
export type CrossSigningKeys = { readonly [usage in KeyUsage]?: JsonObject };

const USAGES: readonly KeyUsage[] = ["master", "self_signing", "user_signing"];

/** The one public key in a cross-signing key object: its key id and base64; 400 M_INVALID_PARAM for any other number. */
export function publicKeyOf(key: JsonObject): { readonly keyId: string; readonly publicKey: string } {
  const entries = isJsonObject(key.keys) ? Object.entries(key.keys) : [];
  const [entry, more] = entries;
  if (entry === undefined || more !== undefined || typeof entry[1] !== "string") {
    throw new MatrixError(400, "M_INVALID_PARAM", "a cross-signing key has exactly one public key");
  }
  return { keyId: entry[0], publicKey: entry[1] };
}

/** The cross-signing keys of this server's users (client-server-api#cross-signing). */
export class CrossSigning {
  readonly #devices: Devices;
  readonly #has: (defect: string) => boolean;
  readonly #keys = new Map<UserId, CrossSigningKeys>();

  constructor(devices: Devices, has: (defect: string) => boolean) {
    this.#devices = devices;
    this.#has = has;
  }

  of(user: UserId): CrossSigningKeys {
    return this.#keys.get(user) ?? {};
  }

  /** The keys in an upload that are not there yet in the same form. */
  newIn(user: UserId, body: JsonObject): CrossSigningKeys {
    const known = this.of(user);
    const uploaded: { [usage in KeyUsage]?: JsonObject } = {};
    for (const usage of USAGES) {
      const key = body[`${usage}_key`];
      if (key === undefined) continue;
      if (!isJsonObject(key)) throw new MatrixError(400, "M_BAD_JSON", `${usage}_key must be an object`);
      const stored = known[usage];
      if (stored === undefined || !sameJson(stored, key)) uploaded[usage] = key;
    }
    return uploaded;
  }

  /** Checks and stores keys: each names its user and usage, and the other two are signed by the master key. */
  store(user: UserId, uploaded: CrossSigningKeys): void {
    const master = uploaded.master ?? this.of(user).master;
    if (master === undefined) {
      if (this.#has("identity-without-master-key")) return;
      throw new MatrixError(400, "M_MISSING_PARAM", "there is no master key");
    }
    for (const usage of USAGES) {
      const key = uploaded[usage];
      if (key !== undefined) this.#check(user, usage, key, master);
    }
    const kept = uploaded.master === undefined ? this.of(user) : {};
    this.#keys.set(user, { ...kept, ...uploaded });
  }

  /** Whether the text is one of the user's cross-signing public keys, which no device id may be. */
  isPublicKey(user: UserId, text: string): boolean {
    return Object.values(this.of(user)).some((key) => publicKeyOf(key).publicKey === text);
  }

  #check(user: UserId, usage: KeyUsage, key: JsonObject, master: JsonObject): void {
    const usages = key.usage;
    if (key.user_id !== user || !Array.isArray(usages) || !usages.includes(usage)) {
      throw new MatrixError(400, "M_INVALID_PARAM", `the ${usage} key names another user or another usage`);
    }
    const { publicKey } = publicKeyOf(key);
    const taken = this.#devices.get(user, publicKey) !== undefined && !this.#has("takes-keys-named-like-devices");
    if (taken) {
      throw new MatrixError(403, "M_FORBIDDEN", "a device has that public key as its id");
    }
    const signedBy = publicKeyOf(master);
    if (usage === "master" || this.#has("takes-unsigned-cross-signing-keys")) return;
    if (!checkSignature(key, user, signedBy.keyId, signedBy.publicKey)) {
      throw new MatrixError(400, "M_INVALID_SIGNATURE", `the ${usage} key is not signed by the master key`);
    }
  }
}
