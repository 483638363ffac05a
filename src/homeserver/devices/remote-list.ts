import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { withDisplayName } from "./visible-keys.js";

/** The keys as a query shows them, or undefined when they do not belong to that device of that user. */
function keysOf(user: UserId, deviceId: string, keys: JsonValue | undefined): JsonObject | undefined {
  if (!isJsonObject(keys) || keys.user_id !== user || keys.device_id !== deviceId) return undefined;
  return keys;
}

function displayNameOf(entry: JsonObject): string | undefined {
  const name = entry.device_display_name;
  return typeof name === "string" ? name : undefined;
}

/** What is known of one remote user's devices and cross-signing keys. */
export class RemoteList {
  /** False until the whole list has been fetched once, and after a resync that failed. */
  complete = false;
  /** Resolves when the updates received so far have been applied. */
  settled: Promise<void> = Promise.resolve();
  readonly #user: UserId;
  #devices = new Map<string, JsonObject>();
  #appliedAt = new Map<string, number>();
  #seen = new Set<number>();
  #baseline = Number.NEGATIVE_INFINITY;
  #master: JsonObject | undefined;
  #selfSigning: JsonObject | undefined;

  constructor(user: UserId) {
    this.#user = user;
  }

  get devices(): ReadonlyMap<string, JsonObject> {
    return this.#devices;
  }

  get master(): JsonObject | undefined {
    return this.#master;
  }

  get selfSigning(): JsonObject | undefined {
    return this.#selfSigning;
  }

  knows(streamId: number): boolean {
    return streamId <= this.#baseline || this.#seen.has(streamId);
  }

  /** Applies one m.device_list_update; an older or repeated one changes nothing. */
  apply(deviceId: string, streamId: number, content: JsonObject, has: (defect: string) => boolean): void {
    this.#seen.add(streamId);
    const old = streamId <= (this.#appliedAt.get(deviceId) ?? this.#baseline);
    if (old && !has("rolls-back-device-list")) return;
    this.#appliedAt.set(deviceId, streamId);
    if (has("update-replaces-list")) this.#devices.clear();
    if (content.keys === undefined && content.deleted !== true && has("keeps-keys-of-keyless-update")) return;
    const keys = content.deleted === true ? undefined : keysOf(this.#user, deviceId, content.keys);
    if (keys === undefined) this.#devices.delete(deviceId);
    else this.#devices.set(deviceId, withDisplayName(keys, displayNameOf(content)));
  }

  setCrossSigning(master: JsonValue | undefined, selfSigning: JsonValue | undefined): void {
    if (isJsonObject(master) && master.user_id === this.#user) this.#master = master;
    if (isJsonObject(selfSigning) && selfSigning.user_id === this.#user) this.#selfSigning = selfSigning;
  }

  /** Takes over a whole answer of `/user/devices`, and its stream id with it. */
  replace(answer: JsonObject, has: (defect: string) => boolean): void {
    const devices = Array.isArray(answer.devices) ? answer.devices.filter(isJsonObject) : [];
    this.#devices = new Map();
    for (const device of devices) {
      const deviceId = device.device_id;
      const keys = typeof deviceId === "string" ? keysOf(this.#user, deviceId, device.keys) : undefined;
      if (typeof deviceId === "string" && keys !== undefined) {
        this.#devices.set(deviceId, withDisplayName(keys, displayNameOf(device)));
      }
    }
    this.#appliedAt = new Map();
    if (typeof answer.stream_id === "number" && !has("forgets-stream-after-resync")) this.#baseline = answer.stream_id;
    this.#replaceCrossSigning(answer.master_key, answer.self_signing_key);
  }

  /** Takes over a whole answer of `/user/keys/query`, which has no stream id. */
  fill(answer: {
    readonly devices: JsonObject;
    readonly master?: JsonObject;
    readonly selfSigning?: JsonObject;
  }): void {
    this.#devices = new Map();
    for (const [deviceId, value] of Object.entries(answer.devices)) {
      const keys = keysOf(this.#user, deviceId, value);
      if (keys !== undefined) this.#devices.set(deviceId, keys);
    }
    this.#replaceCrossSigning(answer.master, answer.selfSigning);
  }

  #replaceCrossSigning(master: JsonValue | undefined, selfSigning: JsonValue | undefined): void {
    this.#master = undefined;
    this.#selfSigning = undefined;
    this.setCrossSigning(master, selfSigning);
    this.complete = true;
  }
}
