import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { weShareRoomWith } from "../accounts/sharing.js";
import type { Context } from "../parts.js";
import type { DeviceChanges } from "./device-changes.js";
import { RemoteList } from "./remote-list.js";

/** Device lists of other servers' users, kept up to date by their EDUs (server-server-api#device-management). */
export class RemoteDeviceLists {
  readonly #context: Context;
  readonly #changes: DeviceChanges;
  readonly #lists = new Map<UserId, RemoteList>();

  constructor(context: Context, changes: DeviceChanges) {
    this.#context = context;
    this.#changes = changes;
    context.edus.on("m.device_list_update", (origin, content) => this.#receiveUpdate(origin, content));
    context.edus.on("m.signing_key_update", (origin, content) => this.#receiveCrossSigning(origin, content));
    context.rooms.onMembership(({ roomId, user, membership }) => {
      if (membership !== "join") this.#forgetStrangers(roomId, user);
    });
  }

  /** The list if it is complete and still kept up to date, once a resync that is under way has ended. */
  async current(user: UserId): Promise<RemoteList | undefined> {
    if (!weShareRoomWith(this.#context, user) && !this.#context.has("keeps-lists-of-strangers"))
      this.#lists.delete(user);
    if (this.#context.has("asks-for-lists-every-time")) return undefined;
    const list = this.#lists.get(user);
    await list?.settled;
    return list?.complete === true ? list : undefined;
  }

  /** Keeps a whole answer of `/user/keys/query`; only for users whose changes will reach us. */
  fill(
    user: UserId,
    answer: { readonly devices: JsonObject; readonly master?: JsonObject; readonly selfSigning?: JsonObject },
  ): void {
    if (weShareRoomWith(this.#context, user)) this.#listOf(user).fill(answer);
  }

  #receiveUpdate(origin: ServerName, content: JsonObject): void {
    const { user_id: user, device_id: deviceId, stream_id: streamId, prev_id: prevId = [] } = content;
    if (typeof user !== "string" || typeof deviceId !== "string" || typeof streamId !== "number") return;
    if (!this.#acceptable(origin, user, this.#context.has("accepts-device-list-from-wrong-server"))) return;
    if (content.deleted === true && this.#context.has("ignores-deleted-device")) return;
    const previous = Array.isArray(prevId) ? prevId.filter((id): id is number => typeof id === "number") : [];
    const list = this.#listOf(user);
    list.settled = list.settled.then(async () => {
      const careless = this.#context.has("no-resync-on-gap") || this.#context.has("keeps-lists-of-strangers");
      const gap = previous.some((id) => !list.knows(id)) && !careless;
      if (gap) await this.#resync(user, origin, list);
      else list.apply(deviceId, streamId, content, this.#context.has);
      if (!this.#context.has("silent-device-list-changes")) this.#changes.record(user);
    });
  }

  #receiveCrossSigning(origin: ServerName, content: JsonObject): void {
    const user = content.user_id;
    if (typeof user !== "string") return;
    if (!this.#acceptable(origin, user, this.#context.has("accepts-signing-key-from-wrong-server"))) return;
    if (this.#context.has("drops-signing-key-update")) return;
    const list = this.#listOf(user);
    list.settled = list.settled.then(() => {
      list.setCrossSigning(content.master_key, content.self_signing_key);
      this.#changes.record(user);
    });
  }

  #acceptable(origin: ServerName, user: UserId, fromAnyServer: boolean): boolean {
    const ofOrigin = serverNameOf(user) === origin || fromAnyServer;
    return ofOrigin && !this.#context.isLocal(user) && weShareRoomWith(this.#context, user);
  }

  /** Fetches the whole list; when that fails the list counts as incomplete, so the next query asks again. */
  async #resync(user: UserId, origin: ServerName, list: RemoteList): Promise<void> {
    try {
      const uri = `/_matrix/federation/v1/user/devices/${encodeURIComponent(user)}`;
      const answer = await this.#context.federation.request(origin, "GET", uri);
      if (!isJsonObject(answer) || answer.user_id !== user) throw new Error("the answer is about another user");
      list.replace(answer, this.#context.has);
    } catch (error) {
      if (this.#context.has("failed-resync-empties-list")) list.replace({}, this.#context.has);
      else list.complete = false;
      this.#context.options.log?.(`device list of ${user}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Somebody left the room: that user may have become a stranger, or, where it was one of ours, whoever stayed. */
  #forgetStrangers(roomId: RoomId, whoLeft: UserId): void {
    if (this.#context.has("keeps-lists-of-strangers")) return;
    const stayed = this.#context.isLocal(whoLeft) ? (this.#context.rooms.get(roomId)?.joinedUsers() ?? []) : [];
    for (const user of [whoLeft, ...stayed]) {
      if (this.#lists.has(user) && !weShareRoomWith(this.#context, user)) this.#lists.delete(user);
    }
  }

  #listOf(user: UserId): RemoteList {
    const list = this.#lists.get(user) ?? new RemoteList(user);
    this.#lists.set(user, list);
    return list;
  }
}
