import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { ServerName, UserId } from "../../matrix/pdu.js";
import { randomToken } from "../accounts/random-id.js";
import type { Context } from "../parts.js";
import type { ToDevice } from "./to-device.js";

/** Content by user, then by device id or `*`. */
export type DeviceMessages = { readonly [user: UserId]: JsonObject };

/** m.direct_to_device, both ways (server-server-api#send-to-device-messaging). */
export class ToDeviceFederation {
  readonly #context: Context;
  readonly #toDevice: ToDevice;
  readonly #received = new Set<string>();

  constructor(context: Context, toDevice: ToDevice) {
    this.#context = context;
    this.#toDevice = toDevice;
    context.edus.on("m.direct_to_device", (origin, content) => this.#receive(origin, content));
  }

  /** Delivers a client's messages to local devices and sends the rest to the servers of their users. */
  send(sender: UserId, type: string, messages: JsonObject): void {
    const byServer = new Map<ServerName, { [user: UserId]: JsonObject }>();
    for (const [user, devices] of Object.entries(messages)) {
      if (!isJsonObject(devices)) continue;
      const server = serverNameOf(user);
      if (server === undefined) continue;
      byServer.set(server, { ...byServer.get(server), [user]: devices });
    }
    for (const [server, share] of byServer) {
      if (server === this.#context.serverName) this.#deliver(sender, type, share);
      else this.#sendTo(server, sender, type, share);
    }
  }

  #sendTo(server: ServerName, sender: UserId, type: string, messages: DeviceMessages): void {
    if (this.#context.has("drops-to-device")) return;
    const long = this.#context.has("to-device-long-message-id");
    const shown = this.#context.has("to-device-omits-type") ? "" : type;
    const content = { sender, type: shown, message_id: randomToken(this.#context.options, long ? 48 : 16), messages };
    this.#context.federation.sendEdu([server], { edu_type: "m.direct_to_device", content });
  }

  #receive(origin: ServerName, content: JsonObject): void {
    const { sender, type, message_id: messageId, messages } = content;
    if (
      typeof sender !== "string" ||
      typeof type !== "string" ||
      typeof messageId !== "string" ||
      !isJsonObject(messages)
    )
      return;
    if (serverNameOf(sender) !== origin && !this.#context.has("accepts-to-device-from-wrong-server")) return;
    const mark = `${sender} ${messageId}`;
    if (this.#received.has(mark) && !this.#context.has("duplicates-to-device")) return;
    this.#received.add(mark);
    if (this.#context.has("unknown-device-loses-message") && this.#namesUnknownDevice(messages)) return;
    const more = this.#context.has("to-device-shows-more") ? { message_id: messageId } : {};
    this.#deliver(sender, type, messages, more);
  }

  #namesUnknownDevice(messages: JsonObject): boolean {
    return Object.entries(messages).some(
      ([user, devices]) =>
        isJsonObject(devices) && Object.keys(devices).some((id) => id !== "*" && !this.#toDevice.hasDevice(user, id)),
    );
  }

  #deliver(sender: UserId, type: string, messages: JsonObject, more: JsonObject = {}): void {
    for (const [user, devices] of Object.entries(messages)) {
      if (!this.#context.isLocal(user) || !isJsonObject(devices)) continue;
      for (const [deviceId, content] of Object.entries(devices)) {
        if (deviceId === "*" && this.#context.has("ignores-to-device-wildcard")) continue;
        if (isJsonObject(content)) this.#toDevice.deliver(user, deviceId, { ...more, sender, type, content });
      }
    }
  }
}
