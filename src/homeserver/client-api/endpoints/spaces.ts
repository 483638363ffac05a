import type { JsonObject } from "../../../matrix/json.js";
import type { SpaceWalk } from "../../spaces/space-walk.js";
import { type ClientRoutes, param, type UserRequest, wholeNumber } from "../request.js";

const MOST_ROOMS = 50;
const MOST_LEVELS = 20;

async function page(walk: SpaceWalk, request: UserRequest): Promise<JsonObject> {
  const { query, requester } = request;
  const rooms = await walk.rooms(requester.userId, param(request, "roomId"), {
    suggestedOnly: query.get("suggested_only") === "true",
    maxDepth: Math.min(wholeNumber(query, "max_depth", MOST_LEVELS), MOST_LEVELS),
  });
  const start = wholeNumber(query, "from", 0);
  const end = start + Math.max(1, Math.min(wholeNumber(query, "limit", MOST_ROOMS), MOST_ROOMS));
  return { rooms: rooms.slice(start, end), ...(end < rooms.length ? { next_batch: String(end) } : {}) };
}

/** client-server-api#get_matrixclientv1roomsroomidhierarchy */
export function spaceEndpoints(routes: ClientRoutes, walk: SpaceWalk): void {
  routes.user("GET", "/v1/rooms/:roomId/hierarchy", (request) => page(walk, request));
}
