import type { JsonObject } from "../../matrix/json.js";
import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { splitStateKey } from "../../matrix/state-map.js";
import type { Room, Rooms } from "../parts.js";
import { domainOf, membershipIn } from "../rooms/membership.js";
import { allowedRooms, isRestricted } from "../rooms/restricted.js";

const ADMITTED = ["join", "invite"];

/** Whether some user of the server may read, enter or knock on the room (server-server-api#get_matrixfederationv1hierarchyroomid). */
export function isOpenToServer(rooms: Rooms, room: Room, server: ServerName): boolean {
  if (isOpenToAll(room)) return true;
  const admitted = [...room.currentState()].some(([pair, eventId]) => {
    const [type, user] = splitStateKey(pair);
    if (type !== "m.room.member" || domainOf(user) !== server) return false;
    return ADMITTED.includes(membershipIn(room.record(eventId)?.event) ?? "leave");
  });
  if (admitted || !isRestricted(room)) return admitted;
  return allowedRooms(room).some((id) => rooms.get(id)?.joinedServers().includes(server) === true);
}

/** Whether the user may see the room in a tree of spaces (client-server-api#get_matrixclientv1roomsroomidhierarchy). */
export function isOpenToUser(rooms: Rooms, room: Room, user: UserId): boolean {
  if (isOpenToAll(room) || ADMITTED.includes(room.membership(user) ?? "leave")) return true;
  return isRestricted(room) && isInOneOf(rooms, user, allowedRooms(room));
}

/** The same of a room that only another server's description tells of. */
export function isDescribedAsOpen(rooms: Rooms, described: JsonObject, user: UserId): boolean {
  const {
    join_rule: rule = "public",
    world_readable: readable,
    allowed_room_ids: allowed,
    room_id: roomId,
  } = described;
  if (readable === true || rule === "public" || rule === "knock" || rule === "knock_restricted") return true;
  if (rooms.outside(user).some((known) => known.roomId === roomId && known.membership === "invite")) return true;
  if (rule !== "restricted" || !Array.isArray(allowed)) return false;
  return isInOneOf(
    rooms,
    user,
    allowed.filter((id) => typeof id === "string"),
  );
}

function isOpenToAll(room: Room): boolean {
  const { rules } = room;
  const rule = room.state("m.room.join_rules")?.content.join_rule;
  if (rule === "public" || (rule === "knock" && rules.knock)) return true;
  if (rule === "knock_restricted" && rules.knockRestricted) return true;
  return room.state("m.room.history_visibility")?.content.history_visibility === "world_readable";
}

function isInOneOf(rooms: Rooms, user: UserId, ids: readonly RoomId[]): boolean {
  return ids.some((id) => rooms.get(id)?.membership(user) === "join");
}
