import { encodeUrlSafeBase64 } from "../../matrix/base64.js";
import { roomIdOfCreate } from "../../matrix/events/hashes.js";
import type { JsonObject } from "../../matrix/json.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";
import { type CreateRoomOptions, type EventDraft, MatrixError, type Room } from "../parts.js";
import { compose } from "./compose.js";
import type { OwnEvents } from "./own-events.js";
import type { RoomStore } from "./room-store.js";
import { StoredRoom } from "./stored-room.js";

/** Makes a room with its first events (client-server-api#post_matrixclientv3createroom). */
export function createRoom(core: Core, store: RoomStore, events: OwnEvents, options: CreateRoomOptions): Room {
  const version = options.roomVersion ?? core.defaultRoomVersion;
  if (!core.roomVersions.includes(version)) {
    throw new MatrixError(400, "M_UNSUPPORTED_ROOM_VERSION", `room version ${version} is not offered`);
  }
  const room = openWithCreate(core, store, events, options, roomVersionRules(version));
  try {
    for (const draft of firstEvents(room.rules, options)) events.send(room, draft);
  } catch (error) {
    store.forget(room.roomId);
    if (error instanceof MatrixError) throw new MatrixError(400, "M_INVALID_ROOM_STATE", error.message);
    throw error;
  }
  return room;
}

function openWithCreate(
  core: Core,
  store: RoomStore,
  events: OwnEvents,
  options: CreateRoomOptions,
  rules: RoomVersionRules,
): StoredRoom {
  const draft = createDraft(rules, options);
  if (rules.roomIds === "domain") {
    const room = store.open(`!${encodeUrlSafeBase64(core.options.random(12))}:${core.serverName}`, rules);
    events.send(room, draft);
    return room;
  }
  const nowhere = new StoredRoom("", rules, () => new Map());
  const create = compose(core, nowhere, draft);
  const room = store.open(roomIdOfCreate(create.event, rules), rules);
  events.accept(room, create);
  return room;
}

function createDraft(rules: RoomVersionRules, { creator, creationContent }: CreateRoomOptions): EventDraft {
  const named = rules.creatorIn === "content" ? { creator } : {};
  const content = { ...creationContent, ...named, room_version: rules.id };
  return { type: "m.room.create", sender: creator, stateKey: "", content };
}

function firstEvents(rules: RoomVersionRules, options: CreateRoomOptions): readonly EventDraft[] {
  const { creator: sender, preset = "private_chat", initialState = [] } = options;
  const state = (type: string, content: JsonObject, stateKey = ""): EventDraft => ({ type, sender, stateKey, content });
  const given = new Set(initialState.filter(({ stateKey }) => stateKey === "").map(({ type }) => type));
  const byPreset = [
    state("m.room.join_rules", { join_rule: preset === "public_chat" ? "public" : "invite" }),
    state("m.room.history_visibility", { history_visibility: "shared" }),
    state("m.room.guest_access", { guest_access: preset === "public_chat" ? "forbidden" : "can_join" }),
  ];
  return [
    state("m.room.member", { membership: "join" }, sender),
    state("m.room.power_levels", { ...defaultPowerLevels(rules, sender), ...options.powerLevels }),
    ...byPreset.filter(({ type }) => !given.has(type)),
    ...initialState.map(({ type, stateKey, content }) => state(type, content, stateKey)),
    ...(options.name === undefined ? [] : [state("m.room.name", { name: options.name })]),
    ...(options.topic === undefined ? [] : [state("m.room.topic", { topic: options.topic })]),
  ];
}

function defaultPowerLevels(rules: RoomVersionRules, creator: string): JsonObject {
  return {
    users: rules.privilegedCreators ? {} : { [creator]: 100 },
    users_default: 0,
    events: {
      "m.room.name": 50,
      "m.room.avatar": 50,
      "m.room.canonical_alias": 50,
      "m.room.power_levels": 100,
      "m.room.history_visibility": 100,
      "m.room.encryption": 100,
      "m.room.server_acl": 100,
      // Above state_default where creators cannot be outranked (client-server-api#post_matrixclientv3createroom).
      "m.room.tombstone": rules.privilegedCreators ? 150 : 100,
    },
    events_default: 0,
    state_default: 50,
    ban: 50,
    kick: 50,
    redact: 50,
    invite: 0,
  };
}
