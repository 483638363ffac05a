import type { RoomId, ServerName } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import { MatrixError } from "../parts.js";
import type { RoomStore } from "./room-store.js";
import { isServerAllowed } from "./server-acl.js";
import type { StoredRoom } from "./stored-room.js";

/** Whether a user of this server is in the room. */
export function isResident(core: Core, room: StoredRoom | undefined): room is StoredRoom {
  return room?.joinedUsers().some((user) => core.isLocal(user)) === true;
}

/** A room that this server is in; throws MatrixError 404. */
export function residentRoom(core: Core, store: RoomStore, roomId: RoomId): StoredRoom {
  const room = store.get(roomId);
  if (!isResident(core, room)) throw new MatrixError(404, "M_NOT_FOUND", `this server is not in room ${roomId}`);
  return room;
}

/** Throws MatrixError 403 for a server that the room's ACL denies (server-server-api#server-access-control-lists-acls). */
export function requireAllowed(core: Core, room: StoredRoom, server: ServerName): void {
  if (isServerAllowed(core, room, server) || core.has("ignores-server-acl")) return;
  throw new MatrixError(403, "M_FORBIDDEN", `the room's access list denies ${server}`);
}

/** A room that the asking server may read: it must be in it. Throws MatrixError 403 or 404. */
export function readableRoom(core: Core, store: RoomStore, roomId: RoomId, asking: ServerName): StoredRoom {
  const room = residentRoom(core, store, roomId);
  requireAllowed(core, room, asking);
  if (!room.joinedServers().includes(asking) && !core.has("serves-state-to-outsiders")) {
    throw new MatrixError(403, "M_FORBIDDEN", `${asking} is not in the room`);
  }
  return room;
}
