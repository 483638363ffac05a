import { eventIdOf } from "../../matrix/events/hashes.js";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { type EventRecord, type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { requireAllowed, residentRoom } from "../rooms/access.js";
import { authChain } from "../rooms/auth-chain.js";
import { inviteState } from "../rooms/invite-state.js";
import { domainOf, isOwnMembership } from "../rooms/membership.js";
import { authoriserOfJoin } from "../rooms/restricted.js";
import { cosign } from "../rooms/sign-own.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import type { ThirdPartyInvites } from "../third-party-invites/redemption.js";
import { objectBody, parameter } from "./body.js";
import { toldMembers } from "./left-out-members.js";

const SIGNED = { authenticated: true };
const PATH = "/:roomId/:eventId";

type Membership = "join" | "leave" | "knock";

/** send_join, send_leave and send_knock: completed events of other servers' users (server-server-api#joining-rooms). */
export function addMembershipRoutes(
  parts: RoomParts,
  thirdPartyInvites: ThirdPartyInvites,
  routes: FederationRoutes,
): void {
  const submitted = new SubmittedMemberships(parts, thirdPartyInvites);
  const federation = "/_matrix/federation";
  routes.add("PUT", `${federation}/v2/send_join${PATH}`, SIGNED, (request) => submitted.join(request));
  routes.add("PUT", `${federation}/v2/send_leave${PATH}`, SIGNED, (request) => submitted.leave(request));
  for (const membership of ["join", "leave"] as const) {
    const older = `${federation}/v1/send_${membership}${PATH}`;
    routes.add("PUT", older, SIGNED, async (request) => [200, await submitted.older(request, membership)]);
  }
  routes.add("PUT", `${federation}/v1/send_knock${PATH}`, SIGNED, (request) => submitted.knock(request));
}

class SubmittedMemberships {
  constructor(
    private readonly parts: RoomParts,
    private readonly thirdPartyInvites: ThirdPartyInvites,
  ) {}

  async join(request: FederationRequest, pastLists = false): Promise<JsonValue> {
    const { room, record } = await this.#submit(request, "join", pastLists);
    const { core } = this.parts;
    const whole = this.#stateFor(room, record).flatMap((id) => room.record(id)?.event ?? []);
    const { state, said } = toldMembers(core, request, room, whole);
    const chain = authChain(room, [record.event, ...state]).map(({ event }) => event);
    return {
      origin: core.serverName,
      ...said,
      state: state as unknown as JsonValue,
      auth_chain: (core.has("send-join-omits-auth-chain") ? [] : chain) as unknown as JsonValue,
      ...(core.has("send-join-omits-event") ? {} : { event: record.event as JsonObject }),
    };
  }

  async leave(request: FederationRequest): Promise<JsonValue> {
    return this.#leave(request, false);
  }

  /** The first version of the endpoints, which the specification has dropped and older servers still use. */
  older(request: FederationRequest, membership: "join" | "leave"): Promise<JsonValue> {
    const { core } = this.parts;
    if (membership === "join") return this.join(request, core.has("old-joins-past-access-lists"));
    return this.#leave(request, core.has("old-leaves-past-access-lists"));
  }

  async #leave(request: FederationRequest, pastLists: boolean): Promise<JsonValue> {
    await this.#submit(request, "leave", pastLists);
    return {};
  }

  async knock(request: FederationRequest): Promise<JsonValue> {
    const { room } = await this.#submit(request, "knock");
    return { knock_room_state: inviteState(this.parts.core, room) as unknown as JsonValue };
  }

  async #submit(
    request: FederationRequest,
    membership: Membership,
    pastLists = false,
  ): Promise<{ room: StoredRoom; record: EventRecord }> {
    const { core, store, checks, receiver, events } = this.parts;
    const { room_id: told } = objectBody(request);
    const heedless = core.has("ignores-room-id-in-path") && typeof told === "string";
    const room = residentRoom(core, store, heedless ? told : parameter(request, "roomId"));
    if (!pastLists) requireAllowed(core, room, request.origin);
    const event = checks.checkFormat(objectBody(request), room.rules);
    this.#requireShape(request, room, event, membership);
    if (membership === "join") {
      await this.thirdPartyInvites.requireKeyOfFirstJoin(room, event.sender, request.origin);
    }
    const complete = membership === "join" ? this.#authorised(room, event) : event;
    const source = { server: request.origin };
    const checked = await checks.check(complete as JsonObject, room.rules, room.roomId, source);
    const known = room.record(checked.eventId);
    const record = await receiver.receiveChecked(room, checked, request.origin);
    if (record.rejected || record.softFailed) {
      throw new MatrixError(403, "M_FORBIDDEN", `the room does not allow this ${membership}`);
    }
    if (known === undefined && this.#relays(membership)) events.distribute(room, record, [request.origin]);
    return { room, record };
  }

  #relays(membership: Membership): boolean {
    const { core } = this.parts;
    if (membership === "join") return !core.has("no-relay-of-joins");
    return membership === "leave" ? !core.has("leave-not-relayed") : !core.has("knock-not-relayed");
  }

  #takesAny(membership: Membership): boolean {
    const { core } = this.parts;
    if (membership === "join") return core.has("send-join-takes-any-membership");
    const leaving = membership === "leave";
    return leaving ? core.has("send-leave-takes-any-membership") : core.has("send-knock-takes-any-membership");
  }

  #requireShape(request: FederationRequest, room: StoredRoom, event: Pdu, membership: Membership): void {
    const { core } = this.parts;
    const fits = this.#takesAny(membership) ? event.type === "m.room.member" : isOwnMembership(event, membership);
    if (!fits) throw invalid(`not a user's own ${membership}`);
    if (domainOf(event.sender) !== request.origin && !core.has("accepts-foreign-join")) {
      throw invalid(`${event.sender} is not a user of ${request.origin}`);
    }
    if (event.room_id !== room.roomId) throw invalid("the path names another room");
    const named = parameter(request, "eventId");
    if (eventIdOf(event, room.rules) !== named && !core.has("ignores-event-id-in-path")) {
      throw invalid("the path names another event");
    }
  }

  /** For a restricted join, the conditions are checked again and this server signs too (server-server-api#restricted-rooms). */
  #authorised(room: StoredRoom, event: Pdu): Pdu {
    const { core, store } = this.parts;
    const needed = authoriserOfJoin(core, store, room, event.sender);
    const named = event.content.join_authorised_via_users_server;
    if (needed === undefined || typeof named !== "string" || !core.isLocal(named)) return event;
    return core.has("omits-cosign") ? event : cosign(core, room.rules, event);
  }

  #stateFor(room: StoredRoom, record: EventRecord): readonly string[] {
    const before = room.stateBefore(record.eventId) ?? new Map<string, string>();
    if (!this.parts.core.has("send-join-stale-state")) return [...before.values()];
    const lastChange = room.timeline.findLast(
      ({ event, eventId }) => event.state_key !== undefined && eventId !== record.eventId,
    );
    return [...((lastChange && room.stateBefore(lastChange.eventId)) ?? before).values()];
  }
}

function invalid(reason: string): MatrixError {
  return new MatrixError(400, "M_INVALID_PARAM", reason);
}
