import type { JsonObject } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";

export interface Device {
  readonly userId: UserId;
  readonly deviceId: string;
  readonly displayName?: string;
  /** The device keys as uploaded, signatures included; absent without end-to-end encryption. */
  readonly keys?: JsonObject;
}

export type DeviceChange = "changed" | "renamed" | "signed" | "deleted";
export type DeviceListener = (device: Device, change: DeviceChange) => void;

/** The devices of this server's users. */
export class Devices {
  readonly #devices = new Map<UserId, Map<string, Device>>();
  readonly #listeners: DeviceListener[] = [];

  /** Called when others should learn of a device: it is new, has other keys or another name, or is gone. */
  onChange(listener: DeviceListener): void {
    this.#listeners.push(listener);
  }

  get(userId: UserId, deviceId: string): Device | undefined {
    return this.#devices.get(userId)?.get(deviceId);
  }

  list(userId: UserId): readonly Device[] {
    return [...(this.#devices.get(userId)?.values() ?? [])];
  }

  /** Creates the device unless it is there. */
  ensure(userId: UserId, deviceId: string, displayName?: string): void {
    if (this.get(userId, deviceId) !== undefined) return;
    this.#put({ userId, deviceId, ...(displayName === undefined ? {} : { displayName }) });
  }

  rename(device: Device, displayName: string): void {
    if (device.displayName !== displayName) this.#put({ ...device, displayName }, "renamed");
  }

  setKeys(device: Device, keys: JsonObject): void {
    this.#put({ ...device, keys });
  }

  remove(userId: UserId, deviceId: string): void {
    const device = this.get(userId, deviceId);
    if (device === undefined) return;
    this.#devices.get(userId)?.delete(deviceId);
    this.#tell(device, "deleted");
  }

  /** Tells the listeners again, after a change that is not kept here: a new signature. */
  touch(device: Device): void {
    this.#tell(device, "signed");
  }

  #put(device: Device, change: DeviceChange = "changed"): void {
    const devices = this.#devices.get(device.userId) ?? new Map<string, Device>();
    this.#devices.set(device.userId, devices);
    devices.set(device.deviceId, device);
    this.#tell(device, change);
  }

  #tell(device: Device, change: DeviceChange): void {
    for (const listener of this.#listeners) listener(device, change);
  }
}
