import { serverNameOf } from "../../../matrix/identifiers.js";
import type { JsonObject, JsonValue } from "../../../matrix/json.js";
import type { ServerName, UserId } from "../../../matrix/pdu.js";
import { joinedRooms } from "../../accounts/sharing.js";
import { MatrixError } from "../../parts.js";
import { AddressInvites } from "../../third-party-invites/inviting-addresses.js";
import type { ClientParts } from "../client-parts.js";
import {
  type ClientRoutes,
  optionalObject,
  optionalString,
  param,
  requiredString,
  type UserRequest,
} from "../request.js";

/** Servers to join through: those named, then the inviter's, then the one in the room id. */
function viaOf(
  parts: ClientParts,
  request: UserRequest,
  roomId: string,
  known: readonly ServerName[],
): readonly ServerName[] {
  const named = namedServers(request);
  const inviters = parts.context.rooms
    .outside(request.requester.userId)
    .filter((outside) => outside.roomId === roomId && outside.membership === "invite")
    .flatMap((outside) => serverNameOf(outside.event.sender) ?? []);
  const own = serverNameOf(roomId);
  const ownOnly = own === undefined ? [] : [own];
  return distinctOthers(parts, choice(parts, { named, known, inviters, own: ownOnly }));
}

interface Candidates {
  readonly named: readonly ServerName[];
  readonly known: readonly ServerName[];
  readonly inviters: readonly ServerName[];
  readonly own: readonly ServerName[];
}

function choice({ context }: ClientParts, { named, known, inviters, own }: Candidates): readonly ServerName[] {
  if (context.has("looks-for-servers-in-room-ids-alone")) return [...named, ...own];
  if (context.has("accepts-invites-through-inviters-alone") && inviters.length > 0) return inviters;
  return [...named, ...known, ...inviters, ...own];
}

function namedServers({ query }: UserRequest): readonly ServerName[] {
  return [...query.getAll("via"), ...query.getAll("server_name")];
}

function distinctOthers(parts: ClientParts, all: readonly ServerName[]): readonly ServerName[] {
  return [...new Set(all)].filter((server) => server !== parts.context.serverName);
}

async function resolveRoom(
  parts: ClientParts,
  request: UserRequest,
  idOrAlias: string,
): Promise<{ roomId: string; servers: readonly ServerName[] }> {
  if (idOrAlias.startsWith("#")) return parts.directory.resolve(idOrAlias, namedServers(request));
  if (idOrAlias.startsWith("!")) return { roomId: idOrAlias, servers: [] };
  throw new MatrixError(400, "M_INVALID_PARAM", "that is neither a room id nor a room alias");
}

async function join(parts: ClientParts, request: UserRequest, idOrAlias: string): Promise<JsonValue> {
  const { userId } = request.requester;
  const { roomId, servers } = await resolveRoom(parts, request, idOrAlias);
  if (parts.context.rooms.get(roomId)?.membership(userId) === "join") return { room_id: roomId };
  const via = viaOf(parts, request, roomId, servers);
  const word = optionalObject(request.body, "third_party_signed");
  if (word !== undefined && !parts.context.has("joins-without-a-word")) await redeem(parts, roomId, userId, word);
  const room = await parts.context.rooms.join(userId, roomId, via, {
    ...parts.profiles.memberContent(userId),
    ...reasonOf(request.body),
  });
  return { room_id: room.roomId };
}

/** client-server-api#post_matrixclientv3roomsroomidjoin */
async function redeem(parts: ClientParts, roomId: string, user: UserId, word: JsonObject): Promise<void> {
  const { sender } = word;
  if (typeof sender !== "string") throw new MatrixError(400, "M_MISSING_PARAM", '"sender" is missing');
  await parts.context.rooms.redeem({ roomId, sender, user, signed: word });
}

async function inviteAddress(invites: AddressInvites, request: UserRequest): Promise<JsonValue> {
  const { body, requester } = request;
  await invites.invite(requester.userId, param(request, "roomId"), {
    medium: requiredString(body, "medium"),
    address: requiredString(body, "address"),
    server: requiredString(body, "id_server"),
    token: requiredString(body, "id_access_token"),
  });
  return {};
}

async function knock(parts: ClientParts, request: UserRequest): Promise<JsonValue> {
  const { userId } = request.requester;
  const { roomId, servers } = await resolveRoom(parts, request, param(request, "idOrAlias"));
  const content = { ...parts.profiles.memberContent(userId), ...reasonOf(request.body) };
  await parts.context.rooms.knock(userId, roomId, viaOf(parts, request, roomId, servers), content);
  return { room_id: roomId };
}

function reasonOf(body: JsonObject): JsonObject {
  const reason = optionalString(body, "reason");
  return reason === undefined ? {} : { reason };
}

interface Change {
  readonly membership: "leave" | "ban";
  /** Memberships that the target must have for the change to mean anything. */
  readonly from: readonly string[];
  readonly refusal: string;
}

const KICK: Change = {
  membership: "leave",
  from: ["join", "invite", "knock"],
  refusal: "that user is not in the room",
};
const BAN: Change = { membership: "ban", from: ["join", "invite", "knock", "leave", "ban", "none"], refusal: "" };
const UNBAN: Change = { membership: "leave", from: ["ban"], refusal: "that user is not banned" };

async function changeOther(parts: ClientParts, request: UserRequest, change: Change): Promise<JsonValue> {
  const roomId = param(request, "roomId");
  const target: UserId = requiredString(request.body, "user_id");
  const room = parts.context.rooms.get(roomId);
  if (room?.membership(request.requester.userId) !== "join")
    throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
  if (!change.from.includes(room.membership(target) ?? "none"))
    throw new MatrixError(403, "M_FORBIDDEN", change.refusal);
  const content = { membership: change.membership, ...reasonOf(request.body) };
  await parts.context.rooms.send(roomId, {
    type: "m.room.member",
    sender: request.requester.userId,
    stateKey: target,
    content,
  });
  return {};
}

/** Joining, inviting, leaving, removing (client-server-api#room-membership). */
export function membershipEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  const { rooms } = parts.context;
  const addresses = new AddressInvites(parts.context);
  routes.user("POST", "/v3/join/:idOrAlias", (request) => join(parts, request, param(request, "idOrAlias")));
  routes.user("POST", "/v3/rooms/:roomId/join", (request) => join(parts, request, param(request, "roomId")));
  routes.user("POST", "/v3/knock/:idOrAlias", (request) => knock(parts, request));
  routes.user("POST", "/v3/rooms/:roomId/invite", async (request) => {
    if (request.body.id_server !== undefined) return inviteAddress(addresses, request);
    const content = reasonOf(request.body);
    await rooms.invite(
      request.requester.userId,
      param(request, "roomId"),
      requiredString(request.body, "user_id"),
      content,
    );
    return {};
  });
  routes.user("POST", "/v3/rooms/:roomId/leave", async (request) => {
    await rooms.leave(request.requester.userId, param(request, "roomId"), optionalString(request.body, "reason"));
    return {};
  });
  routes.user("POST", "/v3/rooms/:roomId/forget", (request) => {
    if (rooms.get(param(request, "roomId"))?.membership(request.requester.userId) === "join") {
      throw new MatrixError(400, "M_UNKNOWN", "you are still in that room");
    }
    return {};
  });
  routes.user("POST", "/v3/rooms/:roomId/kick", (request) => changeOther(parts, request, KICK));
  routes.user("POST", "/v3/rooms/:roomId/ban", (request) => changeOther(parts, request, BAN));
  routes.user("POST", "/v3/rooms/:roomId/unban", (request) => changeOther(parts, request, UNBAN));
  routes.user("GET", "/v3/joined_rooms", ({ requester }) => ({
    joined_rooms: joinedRooms(parts.context, requester.userId).map((room) => room.roomId),
  }));
}
