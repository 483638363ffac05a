import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { sameJson } from "../../matrix/same-json.js";
import { checkSignature, signaturesOf } from "../../matrix/signing.js";
import { MatrixError } from "../parts.js";
import { type CrossSigning, publicKeyOf } from "./cross-signing.js";
import type { DeviceChanges } from "./device-changes.js";
import type { DeviceListSender } from "./device-list-sender.js";
import type { Devices } from "./devices.js";
import type { KeyQueries } from "./key-queries.js";
import type { SignatureStore } from "./signature-store.js";

export interface SignatureUploadParts {
  /** Whether that fault is switched on. */
  has(defect: string): boolean;
  readonly devices: Devices;
  readonly crossSigning: CrossSigning;
  readonly signatures: SignatureStore;
  readonly changes: DeviceChanges;
  readonly sender: DeviceListSender;
  readonly keyQueries: KeyQueries;
}

/** Takes signatures that a user made on devices and master keys (client-server-api#post_matrixclientv3keyssignaturesupload). */
export class SignatureUploads {
  readonly #parts: SignatureUploadParts;

  constructor(parts: SignatureUploadParts) {
    this.#parts = parts;
  }

  /** The answer to the client: which objects were refused, and why. */
  async upload(signer: UserId, body: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const failures: { [user: UserId]: { [target: string]: JsonValue } } = {};
    for (const [owner, targets] of Object.entries(body)) {
      for (const [target, object] of Object.entries(isJsonObject(targets) ? targets : {})) {
        try {
          await this.#accept({ signer, owner, target, object, signal });
        } catch (error) {
          if (!(error instanceof MatrixError)) throw error;
          failures[owner] = { ...failures[owner], [target]: { errcode: error.errcode, error: error.message } };
        }
      }
    }
    return { failures };
  }

  async #accept(item: {
    signer: UserId;
    owner: UserId;
    target: string;
    object: JsonValue;
    signal: AbortSignal;
  }): Promise<void> {
    const { signer, owner, target, object } = item;
    if (!isJsonObject(object)) throw new MatrixError(400, "M_BAD_JSON", "what is signed must be an object");
    const stored = await this.#stored(owner, target, signer, item.signal);
    if (!sameJson(bare(stored), bare(object)))
      throw new MatrixError(400, "M_INVALID_PARAM", "the object is not the stored one");
    const made = signaturesOf(object, signer);
    for (const keyId of made.keys()) {
      const publicKey = this.#publicKey(signer, owner, keyId);
      const holds = publicKey !== undefined && checkSignature(object, signer, keyId, publicKey);
      if (!holds && !this.#parts.has("takes-any-signature")) {
        throw new MatrixError(400, "M_INVALID_SIGNATURE", `the signature of ${keyId} does not hold`);
      }
    }
    if (this.#parts.has("forgets-signatures")) return;
    this.#parts.signatures.add(owner, target, signer, made);
    this.#tell(signer, owner, target);
  }

  async #stored(owner: UserId, target: string, viewer: UserId, signal: AbortSignal): Promise<JsonObject> {
    const device = owner === viewer ? this.#parts.devices.get(owner, target)?.keys : undefined;
    if (device !== undefined) return device;
    const answer = await this.#parts.keyQueries.query({ [owner]: [] }, viewer, signal);
    const masters = answer.master_keys;
    const master = isJsonObject(masters) ? masters[owner] : undefined;
    if (!isJsonObject(master) || publicKeyOf(master).publicKey !== target) {
      throw new MatrixError(404, "M_NOT_FOUND", "there is no such key");
    }
    return master;
  }

  /** The public key behind a key id: one of the signer's devices, self-signing for own devices, user-signing for others. */
  #publicKey(signer: UserId, owner: UserId, keyId: string): string | undefined {
    const usage = signer === owner ? "self_signing" : "user_signing";
    const crossSigning = this.#parts.crossSigning.of(signer)[usage];
    if (crossSigning !== undefined && publicKeyOf(crossSigning).keyId === keyId)
      return publicKeyOf(crossSigning).publicKey;
    if (signer !== owner) return undefined;
    const keys = this.#parts.devices.get(signer, keyId.slice(keyId.indexOf(":") + 1))?.keys?.keys;
    const key = isJsonObject(keys) ? keys[keyId] : undefined;
    return typeof key === "string" ? key : undefined;
  }

  #tell(signer: UserId, owner: UserId, target: string): void {
    if (signer !== owner) {
      this.#parts.changes.record(owner, signer);
      return;
    }
    const device = this.#parts.devices.get(owner, target);
    if (device !== undefined) this.#parts.devices.touch(device);
    else {
      this.#parts.changes.record(owner);
      this.#parts.sender.announceCrossSigning(owner);
    }
  }
}

function bare(object: JsonObject): JsonObject {
  const { signatures: _signatures, unsigned: _unsigned, ...rest } = object;
  return rest;
}
