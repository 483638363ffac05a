import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { isArray, objectBody, parameter } from "../federation/body.js";
import { type FederationRequest, type FederationRoutes, MatrixError, type ThirdPartyWord } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { requireAllowed } from "../rooms/access.js";
import type { ThirdPartyInvites } from "./redemption.js";

/** What identity servers tell, and other servers on their word (server-server-api#third-party-invites). */
export function addThirdPartyInviteRoutes(
  parts: RoomParts,
  invites: ThirdPartyInvites,
  routes: FederationRoutes,
): void {
  const ofIdentityServers = { authenticated: parts.core.has("bindings-need-authorization") };
  const v1 = "/_matrix/federation/v1";
  routes.add("PUT", `${v1}/3pid/onbind`, ofIdentityServers, (request) => bound(parts, invites, request));
  const path = `${v1}/exchange_third_party_invite/:roomId`;
  routes.add("PUT", path, { authenticated: true }, (request) => exchanged(parts, invites, request));
}

/** Every invitation that can be redeemed is, the first failure is told, and all are logged. */
async function bound({ core }: RoomParts, invites: ThirdPartyInvites, request: FederationRequest): Promise<JsonValue> {
  const { invites: waiting } = objectBody(request);
  if (!isArray(waiting)) throw new MatrixError(400, "M_MISSING_PARAM", "invites is missing");
  if (core.has("bindings-without-effect")) return {};
  const words = waiting.map((invite) => wordIn(core, invite));
  const outcomes = await Promise.allSettled(words.map((word) => invites.redeem(word)));
  const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  for (const failure of failures) core.log(`an invitation is not redeemed: ${String(failure)}`);
  if (failures.length > 0) throw failures[0];
  return {};
}

function wordIn(core: RoomParts["core"], invite: JsonValue): ThirdPartyWord {
  const { room_id: roomId, sender, mxid: user, signed } = isJsonObject(invite) ? invite : {};
  if (typeof roomId !== "string" || typeof sender !== "string" || typeof user !== "string" || !isJsonObject(signed)) {
    throw new MatrixError(400, "M_BAD_JSON", "an invite lacks room_id, sender, mxid or signed");
  }
  if (!core.isLocal(user)) throw new MatrixError(400, "M_INVALID_PARAM", `${user} is not a user of this server`);
  return { roomId, sender, user, signed };
}

async function exchanged(parts: RoomParts, invites: ThirdPartyInvites, request: FederationRequest): Promise<JsonValue> {
  if (parts.core.has("exchanges-whatever-is-sent")) return sentAsItIs(parts, invites, objectBody(request));
  const room = invites.room(parameter(request, "roomId"));
  requireAllowed(parts.core, room, request.origin);
  await invites.issue(room, partialEvent(objectBody(request), room.roomId));
  return {};
}

/** What a faulty server does: the event is sent in the name of whoever it says, if the room lets that user. */
async function sentAsItIs(parts: RoomParts, invites: ThirdPartyInvites, event: JsonObject): Promise<JsonValue> {
  const { room_id: roomId, type, sender, state_key: key, content } = event;
  const room = invites.room(String(roomId));
  const stated = typeof key === "string" ? { stateKey: key } : {};
  const draft = {
    type: String(type),
    sender: String(sender),
    content: isJsonObject(content) ? content : {},
    ...stated,
  };
  await parts.events.send(room, draft);
  return {};
}

/** server-server-api#put_matrixfederationv1exchange_third_party_inviteroomid */
function partialEvent(event: JsonObject, roomId: string): ThirdPartyWord {
  const { sender, state_key: user } = event;
  const content = isJsonObject(event.content) ? event.content : {};
  const invitation = isJsonObject(content.third_party_invite) ? content.third_party_invite : {};
  const { signed } = invitation;
  if (typeof sender !== "string" || typeof user !== "string" || !isJsonObject(signed)) {
    throw new MatrixError(400, "M_BAD_JSON", "the event lacks sender, state_key or third_party_invite.signed");
  }
  const fits = event.type === "m.room.member" && content.membership === "invite" && event.room_id === roomId;
  if (!fits) {
    throw new MatrixError(400, "M_INVALID_PARAM", "that is not an invite to the room of the path");
  }
  return { roomId, sender, user, signed };
}
