import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { ServerName, UserId } from "../../matrix/pdu.js";
import { type Context, type FederationRequest, MatrixError } from "../parts.js";
import { askServer, byServer, childObject, failureOf } from "./by-server.js";
import { publicKeyOf } from "./cross-signing.js";
import type { DeviceListSender } from "./device-list-sender.js";
import type { Devices } from "./devices.js";
import type { RemoteDeviceLists } from "./remote-device-lists.js";
import { knownMembers, type VisibleKeys } from "./visible-keys.js";

type Mutable = { [key: string]: JsonValue };

/** One user's keys as found; `devices` by device id. */
interface UserKeys {
  readonly devices: JsonObject;
  readonly master?: JsonObject;
  readonly selfSigning?: JsonObject;
  readonly userSigning?: JsonObject;
}

export interface KeyQueryParts {
  readonly devices: Devices;
  readonly keys: VisibleKeys;
  readonly remote: RemoteDeviceLists;
  readonly sender: DeviceListSender;
}

const QUERY = "/_matrix/federation/v1/user/keys/query";

/** Whose device and cross-signing keys: asked by our clients and by other servers (server-server-api#end-to-end-encryption). */
export class KeyQueries {
  readonly #context: Context;
  readonly #parts: KeyQueryParts;

  constructor(context: Context, parts: KeyQueryParts) {
    this.#context = context;
    this.#parts = parts;
    context.federationRoutes.add("POST", QUERY, { authenticated: true }, async (request) => this.#answerQuery(request));
    context.federationRoutes.add(
      "GET",
      "/_matrix/federation/v1/user/devices/:userId",
      { authenticated: true },
      async (request) => this.#answerDevices(request),
    );
  }

  /** Answers a client; servers that did not answer are named in `failures`. */
  async query(wanted: JsonObject, viewer: UserId, signal: AbortSignal): Promise<JsonObject> {
    const found = new Map<UserId, UserKeys>();
    const failures: Mutable = {};
    await Promise.all(
      [...byServer(Object.entries(wanted))].map(async ([server, users]) => {
        if (server === this.#context.serverName) {
          for (const user of users.keys()) found.set(user, this.#local(user, viewer));
          return;
        }
        if (this.#context.has("no-remote-queries")) return;
        try {
          for (const [user, keys] of await this.#remote(server, [...users.keys()], signal)) {
            found.set(user, this.#withViewersSignatures(user, keys, viewer));
          }
        } catch (error) {
          if (!this.#context.has("hides-unreachable-servers")) failures[server] = failureOf(error);
        }
      }),
    );
    return { ...answerOf(found, wanted), failures };
  }

  #local(user: UserId, viewer?: UserId): UserKeys {
    const devices: Mutable = {};
    for (const device of this.#parts.devices.list(user)) {
      const keys = this.#parts.keys.device(device, viewer);
      if (keys !== undefined) devices[device.deviceId] = keys;
    }
    const master = this.#parts.keys.crossSigningKey(user, "master", viewer);
    const selfSigning = this.#parts.keys.crossSigningKey(user, "self_signing", viewer);
    const shown = viewer === user || (viewer !== undefined && this.#context.has("shows-user-signing-keys"));
    const userSigning = shown ? this.#parts.keys.crossSigningKey(user, "user_signing", viewer) : undefined;
    return {
      devices,
      ...(master === undefined ? {} : { master }),
      ...(selfSigning === undefined ? {} : { selfSigning }),
      ...(userSigning === undefined ? {} : { userSigning }),
    };
  }

  /** From the kept lists where they are complete; the others' server is asked, for whole lists, so that they can be kept. */
  async #remote(server: ServerName, users: readonly UserId[], signal: AbortSignal): Promise<Map<UserId, UserKeys>> {
    const found = new Map<UserId, UserKeys>();
    const missing: Mutable = {};
    for (const user of users) {
      const list = await this.#parts.remote.current(user);
      if (list === undefined) missing[user] = [];
      else found.set(user, userKeys(Object.fromEntries(list.devices), list.master, list.selfSigning));
    }
    if (Object.keys(missing).length === 0) return found;
    const answer = await askServer(this.#context, server, { path: QUERY, body: { device_keys: missing }, signal });
    const credulous = this.#context.has("believes-keys-of-third-parties");
    const told = credulous ? Object.keys(childObject(answer, "device_keys")) : [];
    for (const user of new Set([...Object.keys(missing), ...told])) {
      const keys = userKeys(
        this.#relayed(childObject(childObject(answer, "device_keys"), user)),
        childObject(answer, "master_keys")[user],
        childObject(answer, "self_signing_keys")[user],
      );
      this.#parts.remote.fill(user, keys);
      found.set(user, keys);
    }
    return found;
  }

  #relayed(devices: JsonObject): JsonObject {
    if (!this.#context.has("alters-relayed-keys")) return devices;
    return Object.fromEntries(
      Object.entries(devices).map(([id, keys]) => [id, isJsonObject(keys) ? knownMembers(keys) : keys]),
    );
  }

  /** What the viewer's own user-signing key has signed is known here only. */
  #withViewersSignatures(user: UserId, keys: UserKeys, viewer: UserId): UserKeys {
    if (keys.master === undefined) return keys;
    const { publicKey } = publicKeyOf(keys.master);
    return { ...keys, master: this.#parts.keys.signatures.merge(keys.master, user, publicKey, [user, viewer]) };
  }

  #answerQuery(request: FederationRequest): JsonObject {
    const wanted = isJsonObject(request.body) ? request.body.device_keys : undefined;
    if (!isJsonObject(wanted)) throw new MatrixError(400, "M_MISSING_PARAM", "device_keys is missing");
    const found = new Map<UserId, UserKeys>();
    const leaked: Mutable = {};
    for (const user of Object.keys(wanted)) {
      this.#insistOnUser(user);
      if (!this.#context.isLocal(user)) {
        const speaksForAll = this.#context.has("answers-keys-of-other-servers-users");
        if (speaksForAll) found.set(user, { devices: { HEARSAY: { user_id: user, device_id: "HEARSAY" } } });
        continue;
      }
      const keys = this.#local(user);
      const devices = this.#context.has("keys-query-omits-device")
        ? Object.fromEntries(Object.entries(keys.devices).slice(1))
        : keys.devices;
      found.set(user, { ...keys, devices });
      const userSigning = this.#context.has("leaks-user-signing-key")
        ? this.#parts.keys.crossSigningKey(user, "user_signing")
        : undefined;
      if (userSigning !== undefined) leaked[user] = userSigning;
    }
    const selected: JsonObject = this.#context.has("keys-query-ignores-selection") ? {} : wanted;
    const { user_signing_keys: _none, ...answer } = answerOf(found, selected);
    const none = [...found.values()].every(({ devices }) => Object.keys(devices).length === 0);
    if (none && this.#context.has("empty-keys-answer")) return {};
    return Object.keys(leaked).length > 0 ? { ...answer, user_signing_keys: leaked } : answer;
  }

  #insistOnUser(user: UserId): void {
    if (!this.#context.has("unknown-user-fails-query")) return;
    if (this.#context.isLocal(user) && this.#parts.devices.list(user).length === 0) {
      throw new MatrixError(404, "M_NOT_FOUND", "there is no such user");
    }
  }

  #answerDevices(request: FederationRequest): JsonObject {
    const user = request.params.userId ?? "";
    if (!this.#context.isLocal(user)) throw new MatrixError(404, "M_NOT_FOUND", "that user is not of this server");
    const devices = this.#parts.devices.list(user).flatMap((device) => {
      const keys = this.#parts.keys.deviceBare(device);
      const name = device.displayName === undefined ? {} : { device_display_name: device.displayName };
      if (this.#context.has("user-devices-omits-keys")) return [{ device_id: device.deviceId, ...name }];
      return keys === undefined ? [] : [{ device_id: device.deviceId, keys, ...name }];
    });
    const { master, selfSigning }: Partial<UserKeys> = this.#context.has("user-devices-omits-cross-signing")
      ? {}
      : this.#local(user);
    return {
      user_id: user,
      stream_id: this.#parts.sender.streamId(user, request.origin),
      devices: this.#context.has("keys-query-omits-device") ? devices.slice(1) : devices,
      ...(master === undefined ? {} : { master_key: master }),
      ...(selfSigning === undefined ? {} : { self_signing_key: selfSigning }),
    };
  }
}

function userKeys(devices: JsonObject, master: JsonValue | undefined, selfSigning: JsonValue | undefined): UserKeys {
  return {
    devices,
    ...(isJsonObject(master) ? { master } : {}),
    ...(isJsonObject(selfSigning) ? { selfSigning } : {}),
  };
}

/** An empty list of devices asks for all of a user's (client-server-api#post_matrixclientv3keysquery). */
function answerOf(found: ReadonlyMap<UserId, UserKeys>, wanted: JsonObject): JsonObject {
  const answer = {
    device_keys: {} as Mutable,
    master_keys: {} as Mutable,
    self_signing_keys: {} as Mutable,
    user_signing_keys: {} as Mutable,
  };
  for (const [user, keys] of found) {
    const only = wanted[user];
    const named = Array.isArray(only) && only.length > 0 ? only : undefined;
    const devices = Object.entries(keys.devices).filter(([id]) => named === undefined || named.includes(id));
    if (devices.length > 0) answer.device_keys[user] = Object.fromEntries(devices);
    if (keys.master !== undefined) answer.master_keys[user] = keys.master;
    if (keys.selfSigning !== undefined) answer.self_signing_keys[user] = keys.selfSigning;
    if (keys.userSigning !== undefined) answer.user_signing_keys[user] = keys.userSigning;
  }
  return answer;
}
