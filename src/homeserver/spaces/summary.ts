import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { Context, Room } from "../parts.js";
import { allowedRooms, isRestricted } from "../rooms/restricted.js";

/** What the directory of published rooms tells of a room (client-server-api#listing-rooms). */
export function summaryOf(room: Room) {
  const text = (type: string, key: string): JsonValue | undefined => room.state(type)?.content[key];
  const optional = {
    name: text("m.room.name", "name"),
    topic: text("m.room.topic", "topic"),
    avatar_url: text("m.room.avatar", "url"),
    canonical_alias: text("m.room.canonical_alias", "alias"),
    join_rule: text("m.room.join_rules", "join_rule"),
    room_type: text("m.room.create", "type"),
  };
  const present = Object.entries(optional).filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return {
    room_id: room.roomId,
    num_joined_members: room.joinedUsers().length,
    world_readable: text("m.room.history_visibility", "history_visibility") === "world_readable",
    guest_can_join: text("m.room.guest_access", "guest_access") === "can_join",
    ...(Object.fromEntries(present) as { readonly [key in keyof typeof optional]?: string }),
  };
}

/** The same with what a tree of spaces tells besides (server-server-api#get_matrixfederationv1hierarchyroomid). */
export function describedRoom(has: Context["has"], room: Room): JsonObject {
  const { room_type: kind, ...summary } = summaryOf(room);
  const encryption = room.state("m.room.encryption")?.content.algorithm;
  const conditions = isRestricted(room) && !has("hierarchy-without-conditions");
  const kinds = has("hierarchy-without-kinds")
    ? {}
    : {
        room_version: room.rules.id,
        ...(kind === undefined ? {} : { room_type: kind }),
        ...(typeof encryption === "string" ? { encryption } : {}),
      };
  return { ...summary, ...kinds, ...(conditions ? { allowed_room_ids: [...allowedRooms(room)] } : {}) };
}

/** Whether a room is a space (client-server-api#spaces). */
export function isSpace(room: Room): boolean {
  return room.state("m.room.create")?.content.type === "m.space";
}
