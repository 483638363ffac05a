import type { JsonValue } from "../../matrix/json.js";
import { type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { readableRoom } from "../rooms/access.js";
import { nearestEvent } from "../rooms/nearest-event.js";
import { parameter, requiredQuery, wholeNumber } from "./body.js";

/** GET /timestamp_to_event: the event nearest to a time, in one direction (server-server-api#get_matrixfederationv1timestamp_to_eventroomid). */
export function addTimestampRoute(parts: RoomParts, routes: FederationRoutes): void {
  const path = "/_matrix/federation/v1/timestamp_to_event/:roomId";
  const forAnybody = parts.core.has("timestamps-for-anybody");
  routes.add("GET", path, { authenticated: !forAnybody }, async (request) => answer(parts, request));
}

function answer({ core, store }: RoomParts, request: FederationRequest): JsonValue {
  const asking = core.has("timestamps-for-anybody") ? core.serverName : request.origin;
  const room = readableRoom(core, store, parameter(request, "roomId"), asking);
  const ts = wholeNumber(requiredQuery(request, "ts"), "ts", 0);
  const dir = requiredQuery(request, "dir");
  if (dir !== "f" && dir !== "b") throw new MatrixError(400, "M_INVALID_PARAM", "dir is neither f nor b");
  const nearest = nearestEvent(room.timeline, { ts, dir: core.has("timestamps-in-one-direction") ? "f" : dir });
  if (nearest === undefined) throw new MatrixError(404, "M_NOT_FOUND", "no event on that side of the time");
  return { event_id: nearest.eventId, origin_server_ts: nearest.at };
}
