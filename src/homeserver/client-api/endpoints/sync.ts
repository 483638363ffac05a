import { isJsonObject, type JsonObject, type JsonValue } from "../../../matrix/json.js";
import { randomToken } from "../../accounts/random-id.js";
import { isPresenceState } from "../../ephemeral/presence.js";
import { MatrixError } from "../../parts.js";
import { sync } from "../../sync/sync.js";
import { readSyncToken } from "../../sync/sync-token.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, param, type UserRequest, wholeNumber } from "../request.js";

const DEFAULT_TIMELINE_LIMIT = 20;
const MOST_TIMELINE_EVENTS = 500;

function parseFilter(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new MatrixError(400, "M_INVALID_PARAM", "the filter is not a JSON object");
}

/** Of a filter only `room.timeline.limit` has an effect; the rest would only leave things out. */
function timelineLimit(filter: JsonObject): number {
  const room = filter.room;
  const timeline: JsonValue | undefined = isJsonObject(room) ? room.timeline : undefined;
  const limit = isJsonObject(timeline) ? timeline.limit : undefined;
  return typeof limit === "number" && limit >= 0
    ? Math.min(Math.floor(limit), MOST_TIMELINE_EVENTS)
    : DEFAULT_TIMELINE_LIMIT;
}

/** Syncing, filters and account data (client-server-api#syncing). */
export function syncEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  const filters = new Map<string, JsonObject>();
  routes.user("GET", "/v3/sync", (request) => {
    const { query, requester, signal } = request;
    const named = query.get("filter");
    const filter = named === null ? {} : named.startsWith("{") ? parseFilter(named) : (filters.get(named) ?? {});
    const since = query.get("since");
    const presence = query.get("set_presence") ?? "online";
    if (!isPresenceState(presence)) throw new MatrixError(400, "M_INVALID_PARAM", "there is no such presence");
    parts.presence.seen(requester.userId, presence);
    return sync(parts, {
      requester,
      ...(since === null ? {} : { since: readSyncToken(since) }),
      timeoutMs: wholeNumber(query, "timeout", 0),
      fullState: query.get("full_state") === "true",
      timelineLimit: timelineLimit(filter),
      signal,
    });
  });
  routes.user("POST", "/v3/user/:userId/filter", (request) => {
    const id = randomToken(parts.context.options, 6);
    filters.set(id, request.body);
    return { filter_id: id };
  });
  routes.user("GET", "/v3/user/:userId/filter/:filterId", (request) => {
    const filter = filters.get(param(request, "filterId"));
    if (filter === undefined) throw new MatrixError(404, "M_NOT_FOUND", "there is no such filter");
    return filter;
  });
  accountDataEndpoints(routes, parts);
}

function accountDataEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  const own = (request: UserRequest): string => {
    if (param(request, "userId") !== request.requester.userId)
      throw new MatrixError(403, "M_FORBIDDEN", "that is another user");
    return request.requester.userId;
  };
  for (const path of ["/v3/user/:userId/account_data/:type", "/v3/user/:userId/rooms/:roomId/account_data/:type"]) {
    routes.user("PUT", path, (request) => {
      parts.accountData.set(own(request), param(request, "type"), request.body, request.params.roomId ?? "");
      return {};
    });
    routes.user("GET", path, (request) => {
      const content = parts.accountData.get(own(request), param(request, "type"), request.params.roomId ?? "");
      if (content === undefined) throw new MatrixError(404, "M_NOT_FOUND", "there is no such account data");
      return content;
    });
  }
  routes.user("POST", "/v3/user/:userId/openid/request_token", (request) => parts.openId.issue(own(request)));
}
