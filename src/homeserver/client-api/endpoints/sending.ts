import { isJsonObject, type JsonObject } from "../../../matrix/json.js";
import { type EventDraft, MatrixError } from "../../parts.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, optionalString, param, type UserRequest } from "../request.js";

/** Sends once for a transaction id, and remembers that id for the sender's own sync. */
function sendOnce(parts: ClientParts, request: UserRequest, draft: Omit<EventDraft, "sender">): Promise<JsonObject> {
  const { userId, deviceId } = request.requester;
  return parts.transactions.once(request, async () => {
    const eventId = await parts.context.rooms.send(param(request, "roomId"), { ...draft, sender: userId });
    parts.transactions.remember(eventId, userId, deviceId, param(request, "txnId"));
    return { event_id: eventId };
  }) as Promise<JsonObject>;
}

/** Whatever the room version lets pass, clients write levels as numbers (server-server-api#definitions). */
function requireNumbers(parts: ClientParts, content: JsonObject): void {
  const tables = Object.values(content).filter(isJsonObject);
  const levels = [content, ...tables].flatMap((table) => Object.values(table));
  if (levels.some((level) => typeof level === "string") && !parts.context.has("levels-as-texts-from-clients")) {
    throw new MatrixError(400, "M_BAD_JSON", "power levels are numbers");
  }
}

async function sendState(parts: ClientParts, request: UserRequest): Promise<JsonObject> {
  const roomId = param(request, "roomId");
  const type = param(request, "type");
  const stateKey = request.params.stateKey ?? "";
  const sender = request.requester.userId;
  if (type === "m.room.power_levels") requireNumbers(parts, request.body);
  // An invite must also be handed to the invited user's server.
  if (type === "m.room.member" && request.body.membership === "invite") {
    const { membership: _invite, ...content } = request.body;
    return { event_id: await parts.context.rooms.invite(sender, roomId, stateKey, content) };
  }
  return { event_id: await parts.context.rooms.send(roomId, { type, sender, stateKey, content: request.body }) };
}

/** Sending events (client-server-api#sending-events-to-a-room) and redacting them (client-server-api#redactions). */
export function sendingEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("PUT", "/v3/rooms/:roomId/send/:type/:txnId", (request) =>
    sendOnce(parts, request, { type: param(request, "type"), content: request.body }),
  );
  routes.user("PUT", "/v3/rooms/:roomId/redact/:eventId/:txnId", (request) => {
    const reason = optionalString(request.body, "reason");
    const content = reason === undefined ? {} : { reason };
    return sendOnce(parts, request, { type: "m.room.redaction", content, redacts: param(request, "eventId") });
  });
  for (const path of [
    "/v3/rooms/:roomId/state/:type",
    "/v3/rooms/:roomId/state/:type/",
    "/v3/rooms/:roomId/state/:type/:stateKey",
  ]) {
    routes.user("PUT", path, (request) => sendState(parts, request));
  }
}
