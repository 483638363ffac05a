import { isUserId, serverNameOf } from "../identifiers.js";
import { isRoomVersion } from "../room-versions.js";
import type { AuthRule } from "./context.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-001 (rooms/v1#authorisation-rules 1.1). */
const hasNoPrevEvents: AuthRule = ({ event }) =>
  event.prev_events.length > 0 ? refuse("FED-AR-001", "a create event has no prev_events") : undefined;

/** FED-AR-002 (rooms/v1#authorisation-rules 1.2): where room ids carry a domain. */
const roomIsOnSendersServer: AuthRule = ({ event, rules }) => {
  if (rules.roomIds !== "domain") return undefined;
  const roomServer = serverNameOf(event.room_id ?? "");
  if (roomServer !== undefined && roomServer === serverNameOf(event.sender)) return undefined;
  return refuse("FED-AR-002", `room id ${event.room_id} is not on the server of ${event.sender}`);
};

/** FED-AR-003 (rooms/v12#authorisation-rules 1.2): where the room id follows from the create event. */
const hasNoRoomId: AuthRule = ({ event, rules }) =>
  rules.roomIds === "create-hash" && event.room_id !== undefined
    ? refuse("FED-AR-003", "a create event of this room version carries no room_id")
    : undefined;

/** FED-AR-004 (rooms/v1#authorisation-rules 1.3). */
const namesKnownVersion: AuthRule = ({ event }) => {
  const version = event.content.room_version;
  if (version === undefined || (typeof version === "string" && isRoomVersion(version))) return undefined;
  return refuse("FED-AR-004", `room version ${JSON.stringify(version)} is not recognised`);
};

/** FED-AR-005 (rooms/v1#authorisation-rules 1.4): where `content.creator` names the creator. */
const namesCreator: AuthRule = ({ event, rules }) =>
  rules.creatorIn === "content" && event.content.creator === undefined
    ? refuse("FED-AR-005", "content has no creator")
    : undefined;

/** FED-AR-006 (rooms/v12#authorisation-rules 1.4): where creators are privileged. */
const additionalCreatorsAreUsers: AuthRule = ({ event, rules }) => {
  const additional = event.content.additional_creators;
  if (!rules.privilegedCreators || additional === undefined) return undefined;
  if (Array.isArray(additional) && additional.every((user) => typeof user === "string" && isUserId(user))) {
    return undefined;
  }
  return refuse("FED-AR-006", "additional_creators is not a list of user ids");
};

/** FED-AR-007 (rooms/v1#authorisation-rules 1.5). */
const otherwiseAllowed: AuthRule = () => allow("FED-AR-007");

export const CREATE_RULES: readonly AuthRule[] = [
  hasNoPrevEvents,
  roomIsOnSendersServer,
  hasNoRoomId,
  namesKnownVersion,
  namesCreator,
  additionalCreatorsAreUsers,
  otherwiseAllowed,
];
