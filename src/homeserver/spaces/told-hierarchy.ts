import type { JsonObject } from "../../matrix/json.js";
import type { RoomId } from "../../matrix/pdu.js";
import { parameter } from "../federation/body.js";
import { type Context, type FederationRequest, MatrixError, type Room } from "../parts.js";
import { isOpenToServer } from "./access.js";
import { childrenOf } from "./children.js";
import { describedRoom } from "./summary.js";

/** A space and its rooms, as other servers are told of them (server-server-api#get_matrixfederationv1hierarchyroomid). */
export function addHierarchyRoute(context: Context): void {
  const path = "/_matrix/federation/v1/hierarchy/:roomId";
  context.federationRoutes.add("GET", path, { authenticated: true }, async (request) => answer(context, request));
}

function answer(context: Context, request: FederationRequest): JsonObject {
  const { has, rooms } = context;
  const room = keptRoom(context, parameter(request, "roomId"));
  const open = (one: Room) => isOpenToServer(rooms, one, request.origin);
  if (room === undefined || (!open(room) && !has("tells-closed-spaces"))) {
    throw new MatrixError(404, "M_NOT_FOUND", "the room is not known, or not open to your users");
  }
  const children = childrenOf(has, room, request.query.get("suggested_only") === "true");
  const known = children.flatMap(({ roomId }) => keptRoom(context, roomId) ?? []);
  const shown = has("tells-of-closed-rooms") ? known : known.filter(open);
  const hidden = has("forgets-closed-rooms") ? [] : known.filter((one) => !shown.includes(one));
  const states = has("spaces-without-children") ? [] : children.map(({ event }) => event);
  return {
    room: { ...describedRoom(has, room), children_state: states },
    children: shown.map((one) => describedRoom(has, one)),
    inaccessible_children: hidden.map(({ roomId }) => roomId),
  };
}

/** A room of which this server can tell, because it is in it. */
export function keptRoom({ rooms, serverName }: Context, roomId: RoomId): Room | undefined {
  const room = rooms.get(roomId);
  return room?.joinedServers().includes(serverName) === true ? room : undefined;
}
