import type { RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import type { Context, Room } from "../parts.js";

/** Rooms in which the user is joined now. */
export function joinedRooms(context: Context, user: UserId): readonly Room[] {
  return context.rooms.ofUser(user).filter((room) => room.membership(user) === "join");
}

/** The other servers that share a room with the user. */
export function serversSharingWith(context: Context, user: UserId): readonly ServerName[] {
  const servers = new Set(joinedRooms(context, user).flatMap((room) => room.joinedServers()));
  servers.delete(context.serverName);
  return [...servers];
}

/** The other servers in one room. */
export function otherServersIn(context: Context, roomId: RoomId): readonly ServerName[] {
  return (context.rooms.get(roomId)?.joinedServers() ?? []).filter((server) => server !== context.serverName);
}

/** Whether a user of this server is in a room with the user. */
export function weShareRoomWith(context: Context, user: UserId): boolean {
  return joinedRooms(context, user).some((room) => room.joinedServers().includes(context.serverName));
}

/** Everybody who is in a room with the user now, the user included where there is any. */
export function roommates(context: Context, user: UserId): ReadonlySet<UserId> {
  return new Set(joinedRooms(context, user).flatMap((room) => room.joinedUsers()));
}
