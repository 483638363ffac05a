import type { JsonObject, JsonValue } from "../../../matrix/json.js";
import { type PublicRooms, wantedOf } from "../../accounts/public-rooms.js";
import { MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, param, requiredString } from "../request.js";

function listRooms(
  parts: ClientParts,
  rooms: PublicRooms,
  server: string | null,
  wanted: JsonObject,
): JsonValue | Promise<JsonValue> {
  const unasked = parts.context.has("directory-of-others-unasked");
  if (server === null || server === parts.context.serverName || unasked) return rooms.list(wantedOf(wanted));
  return parts.context.federation.request(server, "POST", "/_matrix/federation/v1/publicRooms", wanted);
}

/** Room aliases and the public room list (client-server-api#room-aliases, client-server-api#listing-rooms). */
export function directoryEndpoints(routes: ClientRoutes, parts: ClientParts, publicRooms: PublicRooms): void {
  const alias = "/v3/directory/room/:alias";
  routes.open("GET", alias, async (request) => {
    const { roomId, servers } = await parts.directory.resolve(param(request, "alias"));
    return { room_id: roomId, servers: [...servers] };
  });
  routes.user("PUT", alias, (request) => {
    parts.directory.add(param(request, "alias"), requiredString(request.body, "room_id"), request.requester.userId);
    return {};
  });
  routes.user("DELETE", alias, (request) => {
    parts.directory.remove(param(request, "alias"), request.requester.userId);
    return {};
  });
  routes.open("GET", "/v3/directory/list/room/:roomId", (request) => ({
    visibility: parts.directory.isPublished(param(request, "roomId")) ? "public" : "private",
  }));
  routes.user("PUT", "/v3/directory/list/room/:roomId", (request) => {
    const roomId = param(request, "roomId");
    if (parts.context.rooms.get(roomId)?.membership(request.requester.userId) !== "join") {
      throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
    }
    parts.directory.publish(roomId, request.body.visibility !== "private");
    return {};
  });
  routes.open("GET", "/v3/publicRooms", ({ query }) => {
    const { server: _server, limit, ...rest } = Object.fromEntries(query);
    const wanted = limit === undefined ? rest : { ...rest, limit: Number(limit) };
    return listRooms(parts, publicRooms, query.get("server"), wanted);
  });
  routes.user("POST", "/v3/publicRooms", ({ query, body }) => listRooms(parts, publicRooms, query.get("server"), body));
}
