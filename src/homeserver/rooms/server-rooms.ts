import { eventIdOf } from "../../matrix/events/hashes.js";
import { prevEventIds } from "../../matrix/events/references.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import type { JsonObject } from "../../matrix/json.js";
import type { EventId, Pdu, RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import type { Handshakes } from "../federation/handshakes.js";
import { backfill } from "../federation/outgoing-backfill.js";
import { inviteThrough } from "../federation/outgoing-invites.js";
import { nearestAnywhere } from "../federation/outgoing-timestamps.js";
import {
  type CreateRoomOptions,
  type DraftedEvent,
  type DraftReferences,
  type EventDraft,
  type EventRecord,
  MatrixError,
  type MomentSought,
  type NearestEvent,
  type OutsideMembership,
  type Room,
  type Rooms,
  type ThirdPartyWord,
} from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import type { ThirdPartyInvites } from "../third-party-invites/redemption.js";
import { isResident, residentRoom } from "./access.js";
import { compose } from "./compose.js";
import type { ProposedInvite } from "./invite-policy.js";
import { domainOf } from "./membership.js";
import { createRoom } from "./new-room.js";
import { authoriserOfJoin } from "./restricted.js";
import type { MembershipChange, RoomChange } from "./room-store.js";
import type { StoredRoom } from "./stored-room.js";

const ELSEWHERE_PERHAPS = new Set(["M_UNABLE_TO_AUTHORISE_JOIN", "M_UNABLE_TO_GRANT_JOIN"]);

/** The rooms of a server as its client API and a peer's hand use them. */
export class ServerRooms implements Rooms {
  constructor(
    private readonly parts: RoomParts,
    private readonly handshakes: Handshakes,
    private readonly thirdPartyInvites: ThirdPartyInvites,
  ) {
    parts.store.onMembership(({ roomId, user }) => parts.store.clearOutside(user, roomId));
  }

  get position(): number {
    return this.parts.store.position;
  }

  nextPosition(): number {
    return this.parts.store.nextPosition();
  }

  get(roomId: RoomId): Room | undefined {
    return this.parts.store.get(roomId);
  }

  all(): Iterable<Room> {
    return this.parts.store.all();
  }

  ofUser(user: UserId): readonly Room[] {
    return this.parts.store.ofUser(user);
  }

  async create(options: CreateRoomOptions): Promise<Room> {
    const { core, store, events } = this.parts;
    return createRoom(core, store, events, options);
  }

  async join(user: UserId, roomId: RoomId, via: readonly ServerName[], content: JsonObject = {}): Promise<Room> {
    const room = this.parts.store.get(roomId);
    const servers = this.#candidates(user, roomId, via);
    if (isResident(this.parts.core, room) && (await this.#joinHere(room, user, content, servers.length > 0)))
      return room;
    return this.handshakes.join({ user, roomId, membership: "join", content }, servers);
  }

  async invite(sender: UserId, roomId: RoomId, user: UserId, content: JsonObject = {}): Promise<EventId> {
    const { core, store, events, invitePolicy } = this.parts;
    const room = residentRoom(core, store, roomId);
    const draft = { type: "m.room.member", sender, stateKey: user, content: { ...content, membership: "invite" } };
    const elsewhere = !core.isLocal(user) || core.has("invites-own-users-from-afar");
    if (elsewhere) return inviteThrough(this.parts, room, draft);
    if (invitePolicy.blocks({ roomId, sender, user })) {
      throw new MatrixError(403, "M_INVITE_BLOCKED", `${user} does not want this invite`);
    }
    return events.send(room, draft);
  }

  redeem(word: ThirdPartyWord): Promise<void> {
    return this.thirdPartyInvites.redeem(word);
  }

  async leave(user: UserId, roomId: RoomId, reason?: string): Promise<void> {
    const { core, store, events } = this.parts;
    const room = store.get(roomId);
    const content = reason === undefined ? {} : { reason };
    if (isResident(core, room)) {
      await events.send(room, {
        type: "m.room.member",
        sender: user,
        stateKey: user,
        content: { ...content, membership: "leave" },
      });
      return;
    }
    const outside = store.outside(user).find((known) => known.roomId === roomId && known.membership !== "leave");
    if (outside === undefined) throw new MatrixError(404, "M_NOT_FOUND", `${user} is not in room ${roomId}`);
    await this.handshakes.leave(outside, this.#candidates(user, roomId, []), content);
  }

  async knock(user: UserId, roomId: RoomId, via: readonly ServerName[], content: JsonObject = {}): Promise<void> {
    const { core, store, events } = this.parts;
    const room = store.get(roomId);
    if (!isResident(core, room)) {
      return this.handshakes.knock(user, roomId, this.#candidates(user, roomId, via), content);
    }
    await events.send(room, {
      type: "m.room.member",
      sender: user,
      stateKey: user,
      content: { ...content, membership: "knock" },
    });
  }

  async send(roomId: RoomId, draft: EventDraft): Promise<EventId> {
    const { core, store, events } = this.parts;
    return events.send(residentRoom(core, store, roomId), draft);
  }

  assertAllowed(roomId: RoomId, draft: EventDraft): void {
    const { core, store, events } = this.parts;
    events.prepare(residentRoom(core, store, roomId), draft);
  }

  outside(user: UserId): readonly OutsideMembership[] {
    return this.parts.store.outside(user);
  }

  onChange(listener: (change: RoomChange) => void): void {
    this.parts.store.onChange(listener);
  }

  onMembership(listener: (change: MembershipChange) => void): void {
    this.parts.store.onMembership(listener);
  }

  async backfill(roomId: RoomId, before: readonly EventId[], limit: number): Promise<readonly EventRecord[]> {
    return backfill(this.parts, residentRoom(this.parts.core, this.parts.store, roomId), before, limit);
  }

  async nearest(roomId: RoomId, moment: MomentSought): Promise<NearestEvent | undefined> {
    return nearestAnywhere(this.parts, residentRoom(this.parts.core, this.parts.store, roomId), moment);
  }

  blockInvites(blocked: (invite: ProposedInvite) => boolean): void {
    this.parts.invitePolicy.add(blocked);
  }

  draft(roomId: RoomId, draft: EventDraft, references: DraftReferences = {}): DraftedEvent {
    const room = this.#known(roomId);
    return { ...compose(this.parts.core, room, draft, references), rules: room.rules };
  }

  inject(roomId: RoomId, event: Pdu): EventRecord {
    const room = this.#roomFor(roomId, event);
    const eventId = eventIdOf(event, room.rules);
    const stateBefore = room.stateAfterAll(prevEventIds(event));
    return this.parts.intake.put(room, { eventId, event, stateBefore }, { rejected: false, softFailed: false });
  }

  witness(roomId: RoomId, event: Pdu): EventRecord {
    const room = this.#known(roomId);
    const stateBefore = room.stateAfterAll(prevEventIds(event));
    return this.parts.intake.take(room, { eventId: eventIdOf(event, room.rules), event, stateBefore });
  }

  #roomFor(roomId: RoomId, event: Pdu): StoredRoom {
    if (event.type !== "m.room.create") return this.#known(roomId);
    const version = event.content.room_version ?? "1";
    const rules = roomVersionRules(typeof version === "string" ? version : JSON.stringify(version));
    return this.parts.store.open(roomId, rules);
  }

  #known(roomId: RoomId): StoredRoom {
    const room = this.parts.store.get(roomId);
    if (room === undefined) throw new MatrixError(404, "M_NOT_FOUND", `room ${roomId} is unknown`);
    return room;
  }

  /** Joins without a handshake; false when this server cannot vouch for the user but another might. */
  async #joinHere(room: StoredRoom, user: UserId, content: JsonObject, othersMayHelp: boolean): Promise<boolean> {
    const { core, store, events } = this.parts;
    if (room.membership(user) === "join" && Object.keys(content).length === 0) return true;
    try {
      const authoriser = authoriserOfJoin(core, store, room, user);
      const named = authoriser === undefined ? {} : { join_authorised_via_users_server: authoriser };
      const joined = { ...content, membership: "join", ...named };
      await events.send(room, { type: "m.room.member", sender: user, stateKey: user, content: joined });
      return true;
    } catch (error) {
      if (error instanceof MatrixError && ELSEWHERE_PERHAPS.has(error.errcode) && othersMayHelp) return false;
      throw error;
    }
  }

  /** Servers that may be in the room: those named, the inviter's, those known to have been there. */
  #candidates(user: UserId, roomId: RoomId, via: readonly ServerName[]): readonly ServerName[] {
    const outside = this.parts.store.outside(user).find((known) => known.roomId === roomId);
    const inviters = outside === undefined ? [] : [outside.event.sender, ...outside.strippedState.map(senderOf)];
    const residents = this.parts.store.get(roomId)?.joinedServers() ?? [];
    const named = this.parts.core.has("asks-the-server-in-the-name") ? (serverNameOf(roomId) ?? "") : "";
    const all = new Set([
      ...(named === "" ? [] : [named]),
      ...via,
      ...inviters.filter((sender) => sender !== "").map(domainOf),
      ...residents,
    ]);
    all.delete(this.parts.core.serverName);
    return [...all];
  }
}

function senderOf(event: JsonObject): UserId {
  return typeof event.sender === "string" ? event.sender : "";
}
