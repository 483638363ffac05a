import type { JsonObject } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { serversSharingWith } from "../accounts/sharing.js";
import type { Context } from "../parts.js";
import type { Device, Devices } from "./devices.js";
import type { VisibleKeys } from "./visible-keys.js";

/** Tells other servers of changes to our users' devices and cross-signing keys (server-server-api#device-management). */
export class DeviceListSender {
  readonly #context: Context;
  readonly #devices: Devices;
  readonly #keys: VisibleKeys;
  readonly #streamIds = new Map<UserId, number>();
  /** By user, then by server: the stream id that the next update to it must name as its predecessor. */
  readonly #lastFor = new Map<UserId, Map<ServerName, number>>();
  /** Servers that have been getting a user's updates. */
  readonly #receiving = new Map<UserId, ReadonlySet<ServerName>>();

  constructor(context: Context, devices: Devices, keys: VisibleKeys) {
    this.#context = context;
    this.#devices = devices;
    this.#keys = keys;
    devices.onChange((device, change) => {
      const silent =
        (change === "renamed" && context.has("no-update-for-renamed-device")) ||
        (change === "signed" && context.has("no-update-for-signed-device"));
      if (!silent) this.#changed(device, change === "deleted");
    });
    context.rooms.onMembership(({ roomId, user }) => this.#membershipChanged(roomId, user));
  }

  /** The stream id of the user's last update to that server, or of the last at all; 0 before the first. */
  streamId(user: UserId, server: ServerName): number {
    if (this.#context.has("user-devices-stale-stream-id")) return 0;
    return this.#lastFor.get(user)?.get(server) ?? this.#streamIds.get(user) ?? 0;
  }

  /** Sends m.signing_key_update; the user-signing key stays here. */
  announceCrossSigning(user: UserId): void {
    if (this.#context.has("no-signing-key-update")) return;
    const content: { [key: string]: JsonObject | string } = { user_id: user };
    const usages = this.#context.has("leaks-user-signing-key")
      ? (["master", "self_signing", "user_signing"] as const)
      : (["master", "self_signing"] as const);
    for (const usage of usages) {
      const key = this.#keys.crossSigningKey(user, usage);
      if (key !== undefined) content[`${usage}_key`] = key;
    }
    this.#context.federation.sendEdu(serversSharingWith(this.#context, user), {
      edu_type: "m.signing_key_update",
      content,
    });
  }

  #changed(device: Device, deleted: boolean): void {
    const sharing = serversSharingWith(this.#context, device.userId);
    const streamId = this.#announce(device, deleted, sharing);
    // A server that got no copy must notice the gap when updates to it begin again.
    const last = this.#lastFor.get(device.userId);
    for (const server of last?.keys() ?? []) last?.set(server, streamId);
  }

  #announce(device: Device, deleted: boolean, servers: readonly ServerName[]): number {
    const last = this.#streamIds.get(device.userId) ?? 0;
    const streamId = this.#context.has("device-list-repeats-stream-id") ? 1 : last + 1;
    this.#streamIds.set(device.userId, streamId);
    if (this.#context.has("no-device-list-update")) return streamId;
    if (deleted && this.#context.has("no-update-for-deleted-device")) return streamId;
    const lastFor = this.#lastFor.get(device.userId) ?? new Map<ServerName, number>();
    this.#lastFor.set(device.userId, lastFor);
    for (const server of servers) {
      const content = this.#content(device, deleted, { streamId, previous: lastFor.get(server) });
      lastFor.set(server, streamId);
      this.#context.federation.sendEdu([server], { edu_type: "m.device_list_update", content });
    }
    return streamId;
  }

  #content(device: Device, deleted: boolean, ids: { streamId: number; previous: number | undefined }): JsonObject {
    const base = {
      user_id: device.userId,
      device_id: device.deviceId,
      ...(this.#context.has("device-list-omits-stream-id") ? {} : { stream_id: ids.streamId }),
      prev_id: this.#previousIds(ids),
    };
    if (deleted) return { ...base, deleted: true };
    const keys = this.#keys.deviceBare(device);
    return {
      ...base,
      ...(device.displayName === undefined ? {} : { device_display_name: device.displayName }),
      ...(keys === undefined ? {} : { keys }),
    };
  }

  #previousIds({ streamId, previous }: { streamId: number; previous: number | undefined }): readonly number[] {
    if (this.#context.has("device-list-wrong-prev-id")) return [streamId + 1000];
    return previous === undefined ? [] : [previous];
  }

  #membershipChanged(roomId: RoomId, user: UserId): void {
    const room = this.#context.rooms.get(roomId);
    const affected = this.#context.isLocal(user)
      ? [user]
      : (room?.joinedUsers() ?? []).filter((id) => this.#context.isLocal(id));
    for (const local of affected) this.#reachNewServers(local);
  }

  /** A server that begins to share a room with a user learns of each of the user's devices. */
  #reachNewServers(user: UserId): void {
    const sharing = new Set(serversSharingWith(this.#context, user));
    const before = this.#receiving.get(user);
    this.#receiving.set(user, sharing);
    const fresh = [...sharing].filter((server) => before?.has(server) !== true);
    if (fresh.length === 0 || this.#context.has("no-update-for-new-server")) return;
    for (const device of this.#devices.list(user)) this.#announce(device, false, fresh);
  }
}
