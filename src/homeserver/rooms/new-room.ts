import { encodeUrlSafeBase64 } from "../../matrix/base64.js";
import { eventIdOf, roomIdOfCreate } from "../../matrix/events/hashes.js";
import type { JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";
import { type CreateRoomOptions, type EventDraft, MatrixError, type Room } from "../parts.js";
import { compose } from "./compose.js";
import { refusalIn } from "./judge.js";
import type { OwnEvents } from "./own-events.js";
import type { RoomStore } from "./room-store.js";
import { signOwn } from "./sign-own.js";
import { StoredRoom } from "./stored-room.js";

/** Makes a room with its first events (client-server-api#post_matrixclientv3createroom). */
export function createRoom(core: Core, store: RoomStore, events: OwnEvents, options: CreateRoomOptions): Room {
  const wanted = options.roomVersion ?? (core.has("old-default-version") ? "10" : core.defaultRoomVersion);
  const lax = !core.roomVersions.includes(wanted) && takesAnyVersion(core, wanted);
  const version = lax ? core.defaultRoomVersion : wanted;
  if (!core.roomVersions.includes(version)) {
    throw new MatrixError(400, "M_UNSUPPORTED_ROOM_VERSION", `room version ${version} is not offered`);
  }
  const room = openWithCreate(core, store, events, options, roomVersionRules(version));
  const left = options.forgery?.without ?? [];
  const first = firstEvents(core, room.rules, options).filter(({ type }) => !left.includes(type));
  try {
    for (const draft of first) {
      if (options.forgery === undefined) events.begin(room, draft);
      else events.accept(room, compose(core, room, draft));
    }
  } catch (error) {
    store.forget(room.roomId);
    throw asUnlawfulRoom(error);
  }
  return room;
}

/** Faults: rooms of versions that do not exist, or that cannot (rooms#room-version-grammar), are made in another. */
function takesAnyVersion(core: Core, version: string): boolean {
  const possible = /^[a-z0-9.-]{1,32}$/u.test(version);
  return core.has("makes-rooms-of-any-version") || (!possible && core.has("replaces-impossible-versions"));
}

function openWithCreate(
  core: Core,
  store: RoomStore,
  events: OwnEvents,
  options: CreateRoomOptions,
  rules: RoomVersionRules,
): StoredRoom {
  const byName = rules.roomIds === "domain";
  const ownId = byName ? `!${freshLocalpart(core)}:${core.serverName}` : "";
  const nowhere = new StoredRoom(ownId, rules, () => new Map());
  const event = createEvent(core, nowhere, options);
  const room = store.open(byName ? (event.room_id ?? ownId) : roomIdOfCreate(event, rules), rules);
  events.accept(room, { eventId: eventIdOf(event, rules), event });
  return room;
}

/** Letters and digits alone (appendices#room-ids). */
function freshLocalpart(core: Core): string {
  const random = encodeUrlSafeBase64(core.options.random(15)).replaceAll(/[-_]/gu, "");
  return core.has("signs-in-room-ids") ? `${random}-_` : random;
}

function createEvent(core: Core, nowhere: StoredRoom, options: CreateRoomOptions): Pdu {
  const { rules } = nowhere;
  const { event } = compose(core, nowhere, createDraft(core, rules, options));
  if (options.forgery !== undefined) {
    const forged = options.forgery.create?.(event) ?? event;
    return signOwn(core, rules, { ...forged, hashes: {}, signatures: {} } as Pdu);
  }
  const refused = refusalIn(core, nowhere, event, new Map());
  if (refused !== undefined) throw new MatrixError(400, "M_INVALID_ROOM_STATE", refused);
  return event;
}

function asUnlawfulRoom(error: unknown): unknown {
  return error instanceof MatrixError ? new MatrixError(400, "M_INVALID_ROOM_STATE", error.message) : error;
}

function createDraft(core: Core, rules: RoomVersionRules, options: CreateRoomOptions): EventDraft {
  const { creator, creationContent } = options;
  const named = rules.creatorIn === "content" || core.has("names-creator-in-content") ? { creator } : {};
  const content = { ...creationContent, ...furtherCreators(rules, options), ...named, room_version: rules.id };
  return { type: "m.room.create", sender: creator, stateKey: "", content };
}

/** Where creators stand above all levels, those who are trusted from the beginning are creators (client-server-api#post_matrixclientv3createroom). */
function furtherCreators({ privilegedCreators }: RoomVersionRules, options: CreateRoomOptions): JsonObject {
  const { creator, creationContent = {}, trusted = [] } = options;
  const { additional_creators: named = [] } = creationContent;
  if (!privilegedCreators || trusted.length === 0 || !Array.isArray(named)) return {};
  return { additional_creators: [...new Set([...named, ...trusted])].filter((user) => user !== creator) };
}

function firstEvents(core: Core, rules: RoomVersionRules, options: CreateRoomOptions): readonly EventDraft[] {
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
    state("m.room.power_levels", { ...defaultPowerLevels(core, rules, options), ...options.powerLevels }),
    ...byPreset.filter(({ type }) => !given.has(type)),
    ...initialState.map(({ type, stateKey, content }) => state(type, content, stateKey)),
    ...(options.name === undefined ? [] : [state("m.room.name", { name: options.name })]),
    ...(options.topic === undefined ? [] : [state("m.room.topic", { topic: options.topic })]),
  ];
}

function defaultPowerLevels(core: Core, rules: RoomVersionRules, options: CreateRoomOptions): JsonObject {
  const { creator, trusted = [] } = options;
  return {
    users: rules.privilegedCreators ? {} : Object.fromEntries([creator, ...trusted].map((user) => [user, 100])),
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
      "m.room.tombstone": levelToReplace(core, rules),
    },
    events_default: 0,
    state_default: 50,
    ban: 50,
    kick: 50,
    redact: 50,
    invite: 0,
  };
}

function levelToReplace(core: Core, { privilegedCreators }: RoomVersionRules): number {
  if (!privilegedCreators) return 100;
  return core.has("replacing-takes-no-more-power") ? 50 : 150;
}
