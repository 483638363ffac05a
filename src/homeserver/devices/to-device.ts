import type { JsonObject } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import type { Context } from "../parts.js";
import type { Wakeups } from "../sync/wakeups.js";
import type { Devices } from "./devices.js";

export interface ToDeviceMessage {
  readonly sender: UserId;
  readonly type: string;
  readonly content: JsonObject;
}

interface Waiting {
  readonly position: number;
  readonly message: ToDeviceMessage;
}

/** Messages waiting for this server's devices, in order of arrival (client-server-api#send-to-device-messaging). */
export class ToDevice {
  readonly #context: Context;
  readonly #devices: Devices;
  readonly #wakeups: Wakeups;
  readonly #inboxes = new Map<string, Waiting[]>();

  constructor(context: Context, devices: Devices, wakeups: Wakeups) {
    this.#context = context;
    this.#devices = devices;
    this.#wakeups = wakeups;
    devices.onChange((device, change) => {
      if (change === "deleted") this.#inboxes.delete(`${device.userId} ${device.deviceId}`);
    });
  }

  /** Queues for one device, or for all of the user's with `*`; unknown users and devices are passed over. */
  deliver(user: UserId, deviceId: string, message: ToDeviceMessage): void {
    const all = this.#context.has("wildcard-reaches-one-device")
      ? this.#devices.list(user).slice(0, 1)
      : this.#devices.list(user);
    const targets = deviceId === "*" ? all : [this.#devices.get(user, deviceId)];
    for (const device of targets) {
      if (device === undefined) continue;
      const name = `${user} ${device.deviceId}`;
      const inbox = this.#inboxes.get(name) ?? [];
      this.#inboxes.set(name, inbox);
      inbox.push({ position: this.#context.rooms.nextPosition(), message });
    }
    this.#wakeups.wake();
  }

  /** What waits goes on waiting when the server was down. */
  restarted(): void {
    if (this.#context.has("forgets-to-device-on-restart")) this.#inboxes.clear();
  }

  hasDevice(user: UserId, deviceId: string): boolean {
    return this.#devices.get(user, deviceId) !== undefined;
  }

  /** The oldest messages after a position, at most `limit`, and the position of the last of them. */
  waiting(user: UserId, deviceId: string, after: number, limit: number) {
    const inbox = (this.#inboxes.get(`${user} ${deviceId}`) ?? []).filter((item) => item.position > after);
    const some = this.#context.has("to-device-all-at-once") ? inbox : inbox.slice(0, limit);
    return {
      messages: this.#context.has("to-device-out-of-order")
        ? some.map((item) => item.message).reverse()
        : some.map((item) => item.message),
      last: some.at(-1)?.position,
      complete: some.length === inbox.length,
    };
  }

  /** Drops what the client has shown, by its next sync, to have received. */
  acknowledge(user: UserId, deviceId: string, upTo: number): void {
    if (this.#context.has("to-device-kept-after-delivery")) return;
    const name = `${user} ${deviceId}`;
    const inbox = this.#inboxes.get(name);
    if (inbox !== undefined)
      this.#inboxes.set(
        name,
        inbox.filter((item) => item.position > upTo),
      );
  }
}
