import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu, RoomId } from "../../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import { type ComposedEvent, type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { isResident, requireAllowed } from "../rooms/access.js";
import { domainOf, membershipIn } from "../rooms/membership.js";
import { cosign } from "../rooms/sign-own.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { isArray, objectBody, parameter } from "./body.js";
import { roomIdOf } from "./event-checks.js";

const SIGNED = { authenticated: true };
const STRIPPED = ["type", "state_key", "sender", "content"] as const;

/** Invitations of this server's users (server-server-api#inviting-to-a-room). */
export function addInviteRoutes(parts: RoomParts, routes: FederationRoutes): void {
  const invites = new ReceivedInvites(parts);
  routes.add("PUT", "/_matrix/federation/v1/invite/:roomId/:eventId", SIGNED, (request) => invites.v1(request));
  routes.add("PUT", "/_matrix/federation/v2/invite/:roomId/:eventId", SIGNED, (request) => invites.v2(request));
}

interface ToldInvite {
  readonly event: JsonObject;
  readonly version: string;
  readonly state: readonly JsonValue[];
  readonly inOlderWay?: boolean;
}

class ReceivedInvites {
  constructor(private readonly parts: RoomParts) {}

  /** The first version of the endpoint does not tell the room version, and is for those whose events carry an id. */
  async v1(request: FederationRequest): Promise<JsonValue> {
    const event = objectBody(request);
    const unsigned = isJsonObject(event.unsigned) ? event.unsigned : {};
    const state = isArray(unsigned.invite_room_state) ? unsigned.invite_room_state : [];
    const answer = { event: await this.#accept(request, { event, version: "1", state, inOlderWay: true }) };
    return this.parts.core.has("answers-old-invites-like-new") ? answer : [200, answer];
  }

  async v2(request: FederationRequest): Promise<JsonValue> {
    const { room_version: version, event, invite_room_state: state } = objectBody(request);
    if (typeof version !== "string") throw new MatrixError(400, "M_MISSING_PARAM", "room_version is missing");
    if (!isJsonObject(event)) throw new MatrixError(400, "M_MISSING_PARAM", "event is missing");
    if (!this.parts.core.roomVersions.includes(version)) {
      const extra = { room_version: version };
      throw new MatrixError(400, "M_INCOMPATIBLE_ROOM_VERSION", `room version ${version} is not known`, extra);
    }
    return { event: await this.#accept(request, { event, version, state: isArray(state) ? state : [] }) };
  }

  async #accept(request: FederationRequest, invite: ToldInvite): Promise<JsonObject> {
    const { core, checks, store, invitePolicy } = this.parts;
    const rules = roomVersionRules(invite.version);
    const roomId = parameter(request, "roomId");
    const room = store.get(roomId);
    if (room !== undefined && isResident(core, room)) this.#requireWelcome(room, request.origin, invite);
    const checked = await checks.check(invite.event, rules, roomId, { server: request.origin });
    const user = this.#requireShape(request, checked);
    const unwanted = invitePolicy.blocks({ roomId, sender: checked.event.sender, user });
    if (unwanted && !core.has("shows-unwanted-invites")) {
      throw new MatrixError(403, "M_INVITE_BLOCKED", `${user} does not want this invite`);
    }
    const state = await this.#soundState(invite.state, rules, roomId, request.origin);
    const event = cosign(core, rules, checked.event);
    if (room !== undefined && core.has("rejects-invites-it-has-signed")) this.#rejectLater(room, checked);
    if (!isResident(core, room) && !this.#drops(user, roomId)) {
      const shown = [...state, event as JsonObject];
      const strippedState = core.has("shows-whole-invite-state") ? shown : shown.map(strip);
      const position = store.nextPosition();
      store.setOutside({ roomId, roomVersion: rules.id, user, membership: "invite", event, strippedState, position });
    }
    if (unwanted) throw new MatrixError(403, "M_INVITE_BLOCKED", `${user} does not want this invite`);
    return (core.has("invite-not-countersigned") ? checked.event : event) as JsonObject;
  }

  #requireWelcome(room: StoredRoom, origin: string, { inOlderWay = false }: ToldInvite): void {
    const { core } = this.parts;
    if (inOlderWay && core.has("old-invites-past-access-lists")) return;
    try {
      requireAllowed(core, room, origin);
    } catch (error) {
      if (error instanceof MatrixError && core.has("calls-forbidden-invites-malformed")) throw invalid(error.message);
      throw error;
    }
  }

  /** By a fault: the event counts as rejected when it comes by transaction. */
  #rejectLater(room: StoredRoom, { eventId, event }: ComposedEvent): void {
    const arrival = { eventId, event, stateBefore: room.currentState() };
    this.parts.intake.put(room, arrival, { rejected: true, softFailed: false });
  }

  #drops(user: string, roomId: RoomId): boolean {
    const { core, store } = this.parts;
    const knocked = store.outside(user).some((known) => known.roomId === roomId && known.membership === "knock");
    return knocked && core.has("drops-invites-after-knocks");
  }

  #requireShape(request: FederationRequest, { eventId, event }: ComposedEvent): string {
    const { core } = this.parts;
    const user = event.state_key;
    if (event.type !== "m.room.member" || membershipIn(event) !== "invite") throw invalid("not an invite");
    if (user === undefined || (!core.isLocal(user) && !core.has("accepts-invites-for-others"))) {
      throw invalid(`${user} is not a user of this server`);
    }
    if (domainOf(event.sender) !== request.origin && !core.has("accepts-foreign-invites")) {
      throw invalid(`${event.sender} is not a user of ${request.origin}`);
    }
    if (eventId !== parameter(request, "eventId")) throw invalid("the path names another event");
    return user;
  }

  /** Where the room id is made of the create event, the state must prove which room it is; elsewhere it is taken as it is. */
  async #soundState(
    state: readonly JsonValue[],
    rules: RoomVersionRules,
    roomId: RoomId,
    server: string,
  ): Promise<readonly JsonObject[]> {
    const { core, checks } = this.parts;
    const entries = state.filter(isJsonObject);
    if (rules.roomIds !== "create-hash" || core.has("accepts-invites-without-create")) return entries;
    const events: Pdu[] = [];
    for (const entry of entries.filter((one) => !isStripped(one)))
      events.push((await checks.check(entry, rules, roomId, { server })).event);
    const create = events.find(({ type }) => type === "m.room.create");
    if (create === undefined || roomIdOf(create, rules) !== roomId) {
      throw new MatrixError(400, "M_MISSING_PARAM", "invite_room_state does not hold the room's create event");
    }
    return entries;
  }
}

/** As servers before v1.16 of the specification described a room: it proves nothing, so it can prove nothing false. */
function isStripped(entry: JsonObject): boolean {
  const keys = Object.keys(entry);
  return (
    entry.type !== "m.room.create" && keys.length === STRIPPED.length && STRIPPED.every((key) => keys.includes(key))
  );
}

/** What clients get of an event (client-server-api#stripped-state). */
export function strip(event: JsonObject): JsonObject {
  return Object.fromEntries(STRIPPED.flatMap((key) => (event[key] === undefined ? [] : [[key, event[key]]])));
}

function invalid(reason: string): MatrixError {
  return new MatrixError(400, "M_INVALID_PARAM", reason);
}
