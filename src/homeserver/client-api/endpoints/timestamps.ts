import type { JsonObject } from "../../../matrix/json.js";
import { MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, param, type UserRequest, wholeNumber } from "../request.js";

async function eventAtTime({ context }: ClientParts, request: UserRequest): Promise<JsonObject> {
  const { query, requester } = request;
  const roomId = param(request, "roomId");
  if (context.rooms.get(roomId)?.membership(requester.userId) !== "join")
    throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
  const dir = query.get("dir");
  if (dir !== "f" && dir !== "b") throw new MatrixError(400, "M_INVALID_PARAM", '"dir" must be f or b');
  if (query.get("ts") === null) throw new MatrixError(400, "M_MISSING_PARAM", '"ts" is missing');
  const nearest = await context.rooms.nearest(roomId, { ts: wholeNumber(query, "ts", 0), dir });
  if (nearest === undefined) throw new MatrixError(404, "M_NOT_FOUND", "no event on that side of the time");
  return { event_id: nearest.eventId, origin_server_ts: nearest.at };
}

/** client-server-api#get_matrixclientv1roomsroomidtimestamp_to_event */
export function timestampEndpoint(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("GET", "/v1/rooms/:roomId/timestamp_to_event", (request) => eventAtTime(parts, request));
}
