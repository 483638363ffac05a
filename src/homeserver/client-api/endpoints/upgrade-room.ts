import type { JsonObject } from "../../../matrix/json.js";
import type { UserId } from "../../../matrix/pdu.js";
import { type EventDraft, MatrixError, type Room, type Rooms } from "../../parts.js";
import { replacementOf } from "../../rooms/replacement.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, param, requiredString, stringList, type UserRequest } from "../request.js";

async function upgradeRoom(parts: ClientParts, request: UserRequest): Promise<JsonObject> {
  const { context, directory } = parts;
  const { rooms } = context;
  const user = request.requester.userId;
  const version = requiredString(request.body, "new_version");
  const furtherCreators = stringList(request.body, "additional_creators");
  const old = rooms.get(param(request, "roomId"));
  if (old?.membership(user) !== "join") throw new MatrixError(403, "M_FORBIDDEN", "you are not in that room");
  const late = context.has("checks-power-to-upgrade-last");
  const careless = context.has("anybody-may-upgrade");
  if (!late && !careless) rooms.assertAllowed(old.roomId, tombstone(user, old.roomId));
  const replacement = await rooms.create(replacementOf(context, { old, user, version, furtherCreators }));
  if (!context.has("upgrade-leaves-aliases")) directory.move(old.roomId, replacement.roomId);
  const last = tombstone(user, replacement.roomId);
  const left = context.has("upgrade-without-tombstone") || (careless && !isAllowed(rooms, old, last));
  if (!left) await rooms.send(old.roomId, last);
  await close(parts, old, user);
  return { replacement_room: replacement.roomId };
}

function tombstone(sender: UserId, replacement: string): EventDraft {
  const content = { body: "This room has been replaced", replacement_room: replacement };
  return { type: "m.room.tombstone", sender, stateKey: "", content };
}

function isAllowed(rooms: Rooms, room: Room, draft: EventDraft): boolean {
  try {
    rooms.assertAllowed(room.roomId, draft);
    return true;
  } catch (error) {
    if (error instanceof MatrixError) return false;
    throw error;
  }
}

/** So that nobody goes on in the old room: messages and invitations ask for more than users have, where the user may say so. */
async function close({ context: { rooms } }: ClientParts, old: Room, sender: UserId): Promise<void> {
  const levels = old.state("m.room.power_levels")?.content ?? {};
  const usual = typeof levels.users_default === "number" ? levels.users_default : 0;
  const raised = Math.max(50, usual + 1);
  const content = { ...levels, events_default: raised, invite: raised };
  const draft = { type: "m.room.power_levels", sender, stateKey: "", content };
  if (isAllowed(rooms, old, draft)) await rooms.send(old.roomId, draft);
}

/** client-server-api#post_matrixclientv3roomsroomidupgrade */
export function upgradeRoomEndpoint(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("POST", "/v3/rooms/:roomId/upgrade", (request) => upgradeRoom(parts, request));
}
