import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import type { Context } from "../parts.js";
import { type CrossSigning, type KeyUsage, publicKeyOf } from "./cross-signing.js";
import type { Device } from "./devices.js";
import type { SignatureStore } from "./signature-store.js";

/** Keys of this server's users with the signatures that the asker may see (client-server-api#key-and-signature-security). */
export class VisibleKeys {
  readonly #context: Context;
  readonly #crossSigning: CrossSigning;
  readonly signatures: SignatureStore;

  constructor(context: Context, crossSigning: CrossSigning, signatures: SignatureStore) {
    this.#context = context;
    this.#crossSigning = crossSigning;
    this.signatures = signatures;
  }

  /** A device's keys with `unsigned.device_display_name`; undefined when it has none. Without a viewer: for another server. */
  device(device: Device, viewer?: UserId): JsonObject | undefined {
    if (device.keys === undefined) return undefined;
    const keys = this.#context.has("drops-unknown-key-members") ? knownMembers(device.keys) : device.keys;
    const signed = this.#sign(keys, device.userId, device.deviceId, viewer);
    return withDisplayName(signed, device.displayName);
  }

  /** As `device`, but as the federation's device lists carry it: the name stands beside the keys there. */
  deviceBare(device: Device): JsonObject | undefined {
    return device.keys === undefined ? undefined : this.#sign(device.keys, device.userId, device.deviceId);
  }

  crossSigningKey(user: UserId, usage: KeyUsage, viewer?: UserId): JsonObject | undefined {
    const key = this.#crossSigning.of(user)[usage];
    return key === undefined ? undefined : this.#sign(key, user, publicKeyOf(key).publicKey, viewer);
  }

  #sign(object: JsonObject, owner: UserId, target: string, viewer?: UserId): JsonObject {
    if (viewer === undefined && this.#context.has("leaks-others-signatures")) {
      return this.signatures.mergeAll(object, owner, target);
    }
    if (viewer === undefined && this.#context.has("strips-device-signatures") && object.device_id !== undefined) {
      return { ...object, signatures: {} };
    }
    const signers = viewer === undefined || viewer === owner ? [owner] : [owner, viewer];
    return this.signatures.merge(object, owner, target, signers);
  }
}

/** The members that the specification names, and no others. */
export function knownMembers(keys: JsonObject): JsonObject {
  const known = new Set(["user_id", "device_id", "algorithms", "keys", "signatures", "unsigned"]);
  return Object.fromEntries(Object.entries(keys).filter(([name]) => known.has(name)));
}

export function withDisplayName(keys: JsonObject, displayName: string | undefined): JsonObject {
  const { device_display_name: _old, ...unsigned } = isJsonObject(keys.unsigned) ? keys.unsigned : {};
  return {
    ...keys,
    unsigned: displayName === undefined ? unsigned : { ...unsigned, device_display_name: displayName },
  };
}
