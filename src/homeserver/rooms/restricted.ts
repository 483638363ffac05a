import { powerLevels } from "../../matrix/auth-rules/power-levels.js";
import { isJsonObject } from "../../matrix/json.js";
import type { RoomId, UserId } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import { MatrixError, type Room } from "../parts.js";
import { lookupIn } from "./lookup.js";
import type { RoomStore } from "./room-store.js";
import type { StoredRoom } from "./stored-room.js";

/**
 * The user of this server in whose name somebody may enter a restricted room; undefined where nobody is needed.
 * Throws the MatrixError that tells apart not being able to know, not being able to grant, and a refusal
 * (server-server-api#restricted-rooms).
 */
export function authoriserOfJoin(core: Core, store: RoomStore, room: StoredRoom, user: UserId): UserId | undefined {
  if (!isRestricted(room) || isInvitedOrJoined(room, user)) return undefined;
  if (room.membership(user) === "ban") throw new MatrixError(403, "M_FORBIDDEN", `${user} is banned`);
  const unasked = core.isLocal(user) && core.has("local-joins-without-condition");
  if (!unasked && !core.has("grants-join-without-condition")) requireCondition(core, store, room, user);
  const levels = powerLevels(lookupIn(room, room.currentState()), room.rules);
  const authoriser = room.joinedUsers().find((local) => core.isLocal(local) && levels.ofUser(local) >= levels.invite);
  if (authoriser !== undefined) return authoriser;
  if (core.has("restricted-join-says-only-no")) throw new MatrixError(403, "M_FORBIDDEN", "no");
  throw new MatrixError(400, "M_UNABLE_TO_GRANT_JOIN", "no user of this server may invite");
}

export function isRestricted(room: Pick<Room, "state" | "rules">): boolean {
  const rule = room.state("m.room.join_rules")?.content.join_rule;
  return (
    (rule === "restricted" && room.rules.restricted) || (rule === "knock_restricted" && room.rules.knockRestricted)
  );
}

function isInvitedOrJoined(room: StoredRoom, user: UserId): boolean {
  const membership = room.membership(user);
  return membership === "invite" || membership === "join";
}

function requireCondition(core: Core, store: RoomStore, room: StoredRoom, user: UserId): void {
  let unknown = false;
  for (const roomId of allowedRooms(room)) {
    const allowed = store.get(roomId);
    if (allowed === undefined || !allowed.joinedUsers().some((other) => core.isLocal(other))) unknown = true;
    else if (allowed.membership(user) === "join") return;
  }
  if (unknown)
    throw new MatrixError(400, "M_UNABLE_TO_AUTHORISE_JOIN", "membership of an allowed room cannot be checked");
  throw new MatrixError(403, "M_FORBIDDEN", `${user} is in none of the allowed rooms`);
}

/** The rooms whose members may enter (client-server-api#restricted-rooms). */
export function allowedRooms(room: Pick<Room, "state">): readonly RoomId[] {
  const allow = room.state("m.room.join_rules")?.content.allow;
  if (!Array.isArray(allow)) return [];
  return allow.flatMap((condition) => {
    if (!isJsonObject(condition) || condition.type !== "m.room_membership") return [];
    return typeof condition.room_id === "string" ? [condition.room_id] : [];
  });
}
