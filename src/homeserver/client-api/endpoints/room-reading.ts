import { isJsonObject, type JsonObject, type JsonValue } from "../../../matrix/json.js";
import { type EventRecord, MatrixError, type Room } from "../../parts.js";
import { clientEvent } from "../../sync/client-event.js";
import { eventIn } from "../../sync/room-state.js";
import { mayRead, readingOf } from "../../sync/visibility.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, param, type UserRequest } from "../request.js";

function roomOf(parts: ClientParts, request: UserRequest): Room {
  const room = parts.context.rooms.get(param(request, "roomId"));
  if (room === undefined) throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
  return room;
}

function stateEvents(parts: ClientParts, request: UserRequest): readonly JsonObject[] {
  const room = roomOf(parts, request);
  const { state } = readingOf(room, request.requester.userId, parts.context.has);
  const now = parts.context.options.now();
  return [...state.values()].flatMap((id) => {
    const record = room.record(id);
    return record === undefined ? [] : [clientEvent(room, record, { now })];
  });
}

function stateEvent(parts: ClientParts, request: UserRequest): JsonValue {
  const room = roomOf(parts, request);
  const { state } = readingOf(room, request.requester.userId, parts.context.has);
  const event = eventIn(room, state, param(request, "type"), request.params.stateKey ?? "");
  if (event === undefined) throw new MatrixError(404, "M_NOT_FOUND", "there is no such state");
  if (request.query.get("format") !== "event") return event.content;
  const whole = stateEvents(parts, request).find(
    (other) => other.type === event.type && other.state_key === event.state_key,
  );
  return whole ?? event.content;
}

function members(parts: ClientParts, request: UserRequest): JsonObject {
  const wanted = request.query.get("membership");
  const unwanted = request.query.get("not_membership");
  const chunk = stateEvents(parts, request).filter((event) => {
    const membership = isJsonObject(event.content) ? event.content.membership : undefined;
    if (event.type !== "m.room.member") return false;
    return (wanted === null || membership === wanted) && (unwanted === null || membership !== unwanted);
  });
  return { chunk };
}

function joinedMembers(parts: ClientParts, request: UserRequest): JsonObject {
  const room = roomOf(parts, request);
  if (room.membership(request.requester.userId) !== "join")
    throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
  const joined = room.joinedUsers().map((user): [string, JsonObject] => {
    const { displayname, avatar_url: avatarUrl } = room.state("m.room.member", user)?.content ?? {};
    return [
      user,
      {
        ...(displayname === undefined ? {} : { display_name: displayname }),
        ...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
      },
    ];
  });
  return { joined: Object.fromEntries(joined) };
}

function readable(parts: ClientParts, room: Room, request: UserRequest): EventRecord {
  const record = room.record(param(request, "eventId"));
  const { until } = readingOf(room, request.requester.userId, parts.context.has);
  const hidden =
    record === undefined || record.rejected || record.softFailed || record.outlier || record.position > until;
  if (hidden || !mayRead(room, record, request.requester.userId, parts.context.has)) {
    throw new MatrixError(404, "M_NOT_FOUND", "there is no such event, or you may not see it");
  }
  return record;
}

/** Reading a room's state, members and single events (client-server-api#getting-events-for-a-room). */
export function roomReadingEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("GET", "/v3/rooms/:roomId/state", (request) => stateEvents(parts, request));
  for (const path of [
    "/v3/rooms/:roomId/state/:type",
    "/v3/rooms/:roomId/state/:type/",
    "/v3/rooms/:roomId/state/:type/:stateKey",
  ]) {
    routes.user("GET", path, (request) => stateEvent(parts, request));
  }
  routes.user("GET", "/v3/rooms/:roomId/members", (request) => members(parts, request));
  routes.user("GET", "/v3/rooms/:roomId/joined_members", (request) => joinedMembers(parts, request));
  routes.user("GET", "/v3/rooms/:roomId/event/:eventId", (request) => {
    const room = roomOf(parts, request);
    const asSent = parts.context.has("removals-in-one-place");
    return clientEvent(room, readable(parts, room, request), { now: parts.context.options.now(), asSent });
  });
  routes.user("GET", "/v3/rooms/:roomId/aliases", (request) => {
    readingOf(roomOf(parts, request), request.requester.userId, parts.context.has);
    return { aliases: [...parts.directory.aliasesOf(param(request, "roomId"))] };
  });
}
