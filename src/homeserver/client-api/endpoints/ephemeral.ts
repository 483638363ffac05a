import type { JsonObject } from "../../../matrix/json.js";
import { isPresenceState } from "../../ephemeral/presence.js";
import { MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, optionalString, param, type UserRequest } from "../request.js";

function ownUser(request: UserRequest): string {
  const user = param(request, "userId");
  if (user !== request.requester.userId) throw new MatrixError(403, "M_FORBIDDEN", "that is another user");
  return user;
}

function joinedRoom(parts: ClientParts, request: UserRequest): string {
  const roomId = param(request, "roomId");
  if (parts.context.rooms.get(roomId)?.membership(request.requester.userId) !== "join") {
    throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
  }
  return roomId;
}

function setTyping(parts: ClientParts, request: UserRequest): JsonObject {
  const user = ownUser(request);
  const roomId = joinedRoom(parts, request);
  const { typing, timeout } = request.body;
  if (typeof typing !== "boolean") throw new MatrixError(400, "M_BAD_JSON", '"typing" must be true or false');
  parts.typing.setLocal(
    roomId,
    user,
    typing ? (typeof timeout === "number" && timeout > 0 ? timeout : 30_000) : undefined,
  );
  return {};
}

function setReceipt(
  parts: ClientParts,
  request: UserRequest,
  receipt: { type: string; eventId: string; threadId?: string },
): void {
  const user = request.requester.userId;
  const roomId = joinedRoom(parts, request);
  const { type, eventId, threadId } = receipt;
  if (type === "m.fully_read") parts.accountData.set(user, "m.fully_read", { event_id: eventId }, roomId);
  else if (type === "m.read" || type === "m.read.private") {
    parts.receipts.setLocal(roomId, { type, user, eventId, ...(threadId === undefined ? {} : { threadId }) });
  } else throw new MatrixError(400, "M_INVALID_PARAM", "there is no such receipt type");
}

/** Typing, receipts and presence (client-server-api#typing-notifications, #receipts, #presence). */
export function ephemeralEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("PUT", "/v3/rooms/:roomId/typing/:userId", (request) => setTyping(parts, request));
  routes.user("POST", "/v3/rooms/:roomId/receipt/:type/:eventId", (request) => {
    const threadId = optionalString(request.body, "thread_id");
    const where = { type: param(request, "type"), eventId: param(request, "eventId") };
    setReceipt(parts, request, { ...where, ...(threadId === undefined ? {} : { threadId }) });
    return {};
  });
  routes.user("POST", "/v3/rooms/:roomId/read_markers", (request) => {
    for (const type of ["m.fully_read", "m.read", "m.read.private"]) {
      const eventId = optionalString(request.body, type);
      if (eventId !== undefined) setReceipt(parts, request, { type, eventId });
    }
    return {};
  });
  routes.user("PUT", "/v3/presence/:userId/status", (request) => {
    const { presence } = request.body;
    if (!isPresenceState(presence)) throw new MatrixError(400, "M_BAD_JSON", "there is no such presence");
    parts.presence.setLocal(ownUser(request), presence, optionalString(request.body, "status_msg"));
    return {};
  });
  routes.user("GET", "/v3/presence/:userId/status", (request) => {
    const { user_id: _user, ...content } = parts.presence.content(param(request, "userId"));
    return content;
  });
}
