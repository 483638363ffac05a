import type { EventId, RoomId, UserId } from "../../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";
import type { EventRecord, OutsideMembership } from "../parts.js";
import { stateResolver } from "./resolver.js";
import { StoredRoom } from "./stored-room.js";

export interface RoomChange {
  readonly roomId: RoomId;
  readonly record?: EventRecord;
}

export interface MembershipChange {
  readonly roomId: RoomId;
  readonly user: UserId;
  readonly membership: string;
}

/** All rooms of a server, the order in which things happened in them, and who wants to hear of it. */
export class RoomStore {
  readonly #rooms = new Map<RoomId, StoredRoom>();
  /** By user, the rooms that know an event of the user's membership. */
  readonly #ofUser = new Map<UserId, Set<StoredRoom>>();
  readonly #outside = new Map<UserId, Map<RoomId, OutsideMembership>>();
  readonly #changeListeners: ((change: RoomChange) => void)[] = [];
  readonly #membershipListeners: ((change: MembershipChange) => void)[] = [];
  readonly #resolve;
  #position = 0;
  #oldest = 0;

  constructor(private readonly core: Core) {
    this.#resolve = stateResolver(core);
  }

  get position(): number {
    return this.#position;
  }

  nextPosition(): number {
    this.#position += 1;
    return this.#position;
  }

  /** Positions for history: below everything given out so far, oldest first. */
  positionsBefore(count: number): readonly number[] {
    this.#oldest -= count;
    return Array.from({ length: count }, (_, index) => this.#oldest + index);
  }

  get(roomId: RoomId): StoredRoom | undefined {
    return this.#rooms.get(roomId);
  }

  all(): Iterable<StoredRoom> {
    return this.#rooms.values();
  }

  /** The rooms in which the user has, or once had, a membership. */
  ofUser(user: UserId): readonly StoredRoom[] {
    return [...(this.#ofUser.get(user) ?? [])].filter((room) => this.#rooms.get(room.roomId) === room);
  }

  /** The room of that id, made empty when there is none. */
  open(roomId: RoomId, version: string | RoomVersionRules): StoredRoom {
    const known = this.#rooms.get(roomId);
    if (known !== undefined) return known;
    const rules = typeof version === "string" ? roomVersionRules(version) : version;
    const room: StoredRoom = new StoredRoom(roomId, rules, this.#resolve, {
      onMember: (user) => this.#concerns(user, room),
      endsBeforeRejected: this.core.has("ends-before-rejected-events"),
    });
    this.#rooms.set(roomId, room);
    return room;
  }

  /** Drops a room that could not be completed. */
  forget(roomId: RoomId): void {
    this.#rooms.delete(roomId);
  }

  /** The room that holds the event. */
  roomOf(eventId: EventId): StoredRoom | undefined {
    for (const room of this.#rooms.values()) if (room.record(eventId) !== undefined) return room;
    return undefined;
  }

  outside(user: UserId): readonly OutsideMembership[] {
    return [...(this.#outside.get(user)?.values() ?? [])];
  }

  setOutside(membership: OutsideMembership): void {
    const ofUser = this.#outside.get(membership.user) ?? new Map<RoomId, OutsideMembership>();
    ofUser.set(membership.roomId, membership);
    this.#outside.set(membership.user, ofUser);
    this.changed({ roomId: membership.roomId });
  }

  clearOutside(user: UserId, roomId: RoomId): void {
    this.#outside.get(user)?.delete(roomId);
  }

  onChange(listener: (change: RoomChange) => void): void {
    this.#changeListeners.push(listener);
  }

  onMembership(listener: (change: MembershipChange) => void): void {
    this.#membershipListeners.push(listener);
  }

  changed(change: RoomChange): void {
    for (const listener of this.#changeListeners) listener(change);
  }

  membershipChanged(change: MembershipChange): void {
    for (const listener of this.#membershipListeners) listener(change);
  }

  #concerns(user: UserId, room: StoredRoom): void {
    const rooms = this.#ofUser.get(user) ?? new Set<StoredRoom>();
    this.#ofUser.set(user, rooms.add(room));
  }
}
