import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import { type EventDraft, type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { requireAllowed, residentRoom } from "../rooms/access.js";
import { template } from "../rooms/compose.js";
import { refusalIn } from "../rooms/judge.js";
import { domainOf } from "../rooms/membership.js";
import { authoriserOfJoin } from "../rooms/restricted.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { parameter } from "./body.js";

type Membership = "join" | "leave" | "knock";

/** make_join, make_leave and make_knock: the offer of an event for somebody else's user to complete (server-server-api#joining-rooms). */
export function addTemplateRoutes(parts: RoomParts, routes: FederationRoutes): void {
  for (const membership of ["join", "leave", "knock"] as const) {
    const path = `/_matrix/federation/v1/make_${membership}/:roomId/:userId`;
    routes.add("GET", path, { authenticated: true }, async (request) => offer(parts, membership, request));
  }
}

function offer(parts: RoomParts, membership: Membership, request: FederationRequest): JsonValue {
  const { core, store } = parts;
  const user = parameter(request, "userId");
  if (domainOf(user) !== request.origin && !core.has("accepts-foreign-join")) {
    throw new MatrixError(403, "M_FORBIDDEN", `${user} is not a user of ${request.origin}`);
  }
  const room = residentRoom(core, store, parameter(request, "roomId"));
  requireAllowed(core, room, request.origin);
  if (needsVersion(parts, membership)) requireVersion(room, request);
  const content = { membership, ...(membership === "join" ? authorisation(parts, room, user) : {}) };
  const draft: EventDraft = { type: "m.room.member", sender: user, stateKey: user, content };
  const event = template(core, room, draft);
  const refused = refusalAsSeenBy(core, room, event, membership);
  if (refused !== undefined) throw new MatrixError(403, "M_FORBIDDEN", refused);
  const version = core.has("make-join-without-room-version") ? {} : { room_version: room.rules.id };
  return { ...version, event: { ...event, origin: core.serverName } as JsonObject };
}

/** Why the room does not take the event, as the server's faults see it. */
function refusalAsSeenBy(core: Core, room: StoredRoom, event: Pdu, membership: Membership): string | undefined {
  const rule = room.eventIn(room.currentState(), "m.room.join_rules", "")?.content.join_rule;
  if (membership === "knock" && rule === "knock_restricted" && core.has("combined-rule-takes-no-knocks")) {
    return "the room admits members of other rooms";
  }
  if (membership === "knock" && !room.rules.knock && core.has("offers-knocks-in-old-rooms")) return undefined;
  return refusalIn(core, room, event, room.currentState());
}

function needsVersion({ core }: RoomParts, membership: Membership): boolean {
  if (membership === "leave") return false;
  return !(membership === "join" ? core.has("make-join-ignores-ver") : core.has("make-knock-ignores-ver"));
}

function requireVersion(room: StoredRoom, request: FederationRequest): void {
  const offered = request.query.getAll("ver");
  if ((offered.length === 0 ? ["1"] : offered).includes(room.rules.id)) return;
  const error = `the room has version ${room.rules.id}, which ${request.origin} does not offer`;
  throw new MatrixError(400, "M_INCOMPATIBLE_ROOM_VERSION", error, { room_version: room.rules.id });
}

function authorisation({ core, store }: RoomParts, room: StoredRoom, user: string): JsonObject {
  const authoriser = authoriserOfJoin(core, store, room, user);
  if (authoriser === undefined || core.has("omits-authorising-user")) return {};
  return { join_authorised_via_users_server: authoriser };
}
