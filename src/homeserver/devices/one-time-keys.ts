import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { sameJson } from "../../matrix/same-json.js";
import { type Context, MatrixError } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";

interface FallbackKey {
  readonly keyId: string;
  readonly key: JsonValue;
  readonly used: boolean;
}

interface DeviceKeys {
  /** By key id (`<algorithm>:<id>`), in order of upload. */
  readonly unclaimed: Map<string, JsonValue>;
  readonly claimed: Set<string>;
  readonly fallback: Map<string, FallbackKey>;
  position: number;
}

const algorithmOf = (keyId: string) => keyId.slice(0, keyId.indexOf(":"));

/** One-time keys, each given out once, and fallback keys for when there is none (client-server-api#one-time-and-fallback-keys). */
export class OneTimeKeys {
  readonly #context: Context;
  readonly #wakeups: Wakeups;
  readonly #devices = new Map<string, DeviceKeys>();

  constructor(context: Context, wakeups: Wakeups) {
    this.#context = context;
    this.#wakeups = wakeups;
  }

  /** Adds keys; 400 M_INVALID_PARAM when one would replace another key of the same id. */
  upload(userId: UserId, deviceId: string, keys: JsonObject): void {
    const device = this.#of(userId, deviceId);
    for (const [keyId, key] of Object.entries(keys)) {
      checkKeyId(keyId);
      const known = device.unclaimed.get(keyId);
      if (known !== undefined && !sameJson(known, key)) {
        if (!this.#context.has("replaces-one-time-keys")) {
          throw new MatrixError(400, "M_INVALID_PARAM", `another one-time key ${keyId} is already there`);
        }
        device.unclaimed.set(keyId, key);
      }
      if (known === undefined && !device.claimed.has(keyId)) device.unclaimed.set(keyId, key);
    }
    this.#changed(device);
  }

  /** One fallback key for each algorithm; a new one replaces the old one. */
  uploadFallback(userId: UserId, deviceId: string, keys: JsonObject): void {
    const device = this.#of(userId, deviceId);
    for (const [keyId, key] of Object.entries(keys)) {
      checkKeyId(keyId);
      const known = device.fallback.get(algorithmOf(keyId));
      const same = known?.keyId === keyId && sameJson(known.key, key);
      const kept = same || (known !== undefined && this.#context.has("keeps-first-fallback-key"));
      if (!kept) device.fallback.set(algorithmOf(keyId), { keyId, key, used: false });
    }
    this.#changed(device);
  }

  /** The oldest unclaimed key of the algorithm, else the fallback key, as `{keyId: key}`. */
  claim(userId: UserId, deviceId: string, algorithm: string): JsonObject | undefined {
    const device = this.#devices.get(`${userId} ${deviceId}`);
    if (device === undefined) return undefined;
    if (this.#context.has("fallback-key-first")) {
      return this.#claimFallback(device, algorithm) ?? this.#claimOneTime(device, algorithm);
    }
    return this.#claimOneTime(device, algorithm) ?? this.#claimFallback(device, algorithm);
  }

  counts(userId: UserId, deviceId: string): { readonly [algorithm: string]: number } {
    const counts: { [algorithm: string]: number } = { signed_curve25519: 0 };
    const device = this.#devices.get(`${userId} ${deviceId}`);
    const claimed = this.#context.has("one-time-key-counts-stay") ? (device?.claimed ?? []) : [];
    for (const keyId of [...(device?.unclaimed.keys() ?? []), ...claimed]) {
      counts[algorithmOf(keyId)] = (counts[algorithmOf(keyId)] ?? 0) + 1;
    }
    return counts;
  }

  unusedFallbackTypes(userId: UserId, deviceId: string): readonly string[] {
    const fallback = this.#devices.get(`${userId} ${deviceId}`)?.fallback ?? new Map<string, FallbackKey>();
    return [...fallback].filter(([, key]) => !key.used).map(([algorithm]) => algorithm);
  }

  /** The position of the last upload or claim; 0 when there was none. */
  changedAt(userId: UserId, deviceId: string): number {
    return this.#devices.get(`${userId} ${deviceId}`)?.position ?? 0;
  }

  forget(userId: UserId, deviceId: string): void {
    this.#devices.delete(`${userId} ${deviceId}`);
  }

  #claimOneTime(device: DeviceKeys, algorithm: string): JsonObject | undefined {
    const entries = [...device.unclaimed].filter(([keyId]) => algorithmOf(keyId) === algorithm);
    const entry = this.#context.has("claims-keys-in-reverse") ? entries.at(-1) : entries[0];
    if (entry === undefined) return undefined;
    const [keyId, key] = entry;
    if (!this.#context.has("claims-key-twice")) {
      device.unclaimed.delete(keyId);
      device.claimed.add(keyId);
    }
    this.#changed(device);
    if (this.#context.has("claims-several-keys")) return Object.fromEntries(entries);
    if (this.#context.has("claim-drops-signatures") && isJsonObject(key)) return { [keyId]: { key: key.key ?? null } };
    return { [keyId]: key };
  }

  #claimFallback(device: DeviceKeys, algorithm: string): JsonObject | undefined {
    const fallback = device.fallback.get(algorithm);
    if (fallback === undefined || this.#context.has("ignores-fallback-key")) return undefined;
    if (this.#context.has("consumes-fallback-key")) device.fallback.delete(algorithm);
    else device.fallback.set(algorithm, { ...fallback, used: !this.#context.has("fallback-key-never-used") });
    this.#changed(device);
    return { [fallback.keyId]: fallback.key };
  }

  #of(userId: UserId, deviceId: string): DeviceKeys {
    const name = `${userId} ${deviceId}`;
    const known = this.#devices.get(name);
    if (known !== undefined) return known;
    const fresh: DeviceKeys = { unclaimed: new Map(), claimed: new Set(), fallback: new Map(), position: 0 };
    this.#devices.set(name, fresh);
    return fresh;
  }

  #changed(device: DeviceKeys): void {
    device.position = this.#context.rooms.nextPosition();
    this.#wakeups.wake();
  }
}

function checkKeyId(keyId: string): void {
  if (!/^[^:]+:.+$/.test(keyId)) throw new MatrixError(400, "M_INVALID_PARAM", `"${keyId}" is not a key id`);
}
