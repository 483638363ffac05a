import { isJsonObject, type JsonObject } from "../../../matrix/json.js";
import { type CreateRoomOptions, MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import {
  type ClientRoutes,
  optionalObject,
  optionalString,
  requiredObject,
  requiredString,
  stringList,
  type UserRequest,
} from "../request.js";

const PRESETS = ["private_chat", "public_chat", "trusted_private_chat"] as const;

function presetOf(body: JsonObject): (typeof PRESETS)[number] {
  const named = optionalString(body, "preset");
  if (named === undefined) return body.visibility === "public" ? "public_chat" : "private_chat";
  const preset = PRESETS.find((known) => known === named);
  if (preset === undefined) throw new MatrixError(400, "M_INVALID_PARAM", "there is no such preset");
  return preset;
}

function initialState(body: JsonObject): NonNullable<CreateRoomOptions["initialState"]> {
  const list = body.initial_state ?? [];
  if (!Array.isArray(list)) throw new MatrixError(400, "M_BAD_JSON", '"initial_state" must be a list');
  return list.map((item) => {
    if (!isJsonObject(item)) throw new MatrixError(400, "M_BAD_JSON", '"initial_state" must be a list of objects');
    return {
      type: requiredString(item, "type"),
      stateKey: optionalString(item, "state_key") ?? "",
      content: requiredObject(item, "content"),
    };
  });
}

function optionsOf(creator: string, body: JsonObject, untrusting: boolean): CreateRoomOptions {
  const optional = {
    roomVersion: optionalString(body, "room_version"),
    creationContent: optionalObject(body, "creation_content"),
    powerLevels: optionalObject(body, "power_level_content_override"),
    name: optionalString(body, "name"),
    topic: optionalString(body, "topic"),
  };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as {
    [key in keyof typeof optional]?: NonNullable<(typeof optional)[key]>;
  };
  const preset = presetOf(body);
  const trusted = preset === "trusted_private_chat" && !untrusting ? { trusted: stringList(body, "invite") } : {};
  return { creator, preset, initialState: initialState(body), ...trusted, ...present };
}

async function createRoom(parts: ClientParts, request: UserRequest): Promise<JsonObject> {
  const { body, requester } = request;
  const creator = requester.userId;
  const aliasName = optionalString(body, "room_alias_name");
  const alias = aliasName === undefined ? undefined : `#${aliasName}:${parts.context.serverName}`;
  if (alias !== undefined && parts.directory.isTaken(alias))
    throw new MatrixError(400, "M_ROOM_IN_USE", "that alias is taken");
  const invited = stringList(body, "invite");
  const { roomId } = await parts.context.rooms.create(
    optionsOf(creator, body, parts.context.has("trusts-no-guest-as-creator")),
  );
  if (alias !== undefined) {
    parts.directory.add(alias, roomId, creator);
    await parts.context.rooms.send(roomId, {
      type: "m.room.canonical_alias",
      sender: creator,
      stateKey: "",
      content: { alias },
    });
  }
  parts.directory.publish(roomId, body.visibility === "public");
  for (const user of invited) {
    await inviteFirst(parts, { creator, roomId, user }, body.is_direct === true ? { is_direct: true } : {});
  }
  return { room_id: roomId };
}

/** A guest whose server does not know the room's version speaks against the version (client-server-api#post_matrixclientv3createroom). */
async function inviteFirst(
  { context }: ClientParts,
  { creator, roomId, user }: Record<"creator" | "roomId" | "user", string>,
  content: JsonObject,
): Promise<void> {
  try {
    await context.rooms.invite(creator, roomId, user, content);
  } catch (error) {
    const isVersion = error instanceof MatrixError && error.errcode === "M_INCOMPATIBLE_ROOM_VERSION";
    if (!isVersion || context.has("hides-that-guests-lack-the-version")) throw error;
    throw new MatrixError(400, "M_UNSUPPORTED_ROOM_VERSION", error.message);
  }
}

/** client-server-api#creation */
export function createRoomEndpoint(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("POST", "/v3/createRoom", (request) => createRoom(parts, request));
}
