import { isJsonObject } from "../../matrix/json.js";
import type { EventId, Pdu, RoomId, ServerName, UserId } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import { type StateMap, splitStateKey, stateKey } from "../../matrix/state-map.js";
import type { EventRecord, Room } from "../parts.js";
import { Extremities } from "./extremities.js";
import { domainOf, membershipIn } from "./membership.js";
import type { StateResolver } from "./resolver.js";

/** Where an event goes in a room, once it has been judged. */
export interface Placement {
  readonly eventId: EventId;
  readonly event: Pdu;
  readonly rejected: boolean;
  readonly softFailed: boolean;
  readonly position: number;
  readonly stateBefore: StateMap;
  /** Older than what the room holds: it changes neither the extremities nor the current state. */
  readonly historical?: boolean;
  /** Withheld from clients for now, as a redaction without its target is. */
  readonly hidden?: boolean;
}

export interface StoredRoomOptions {
  /** Hears of every user of whose membership the room comes to know an event, whatever becomes of that. */
  readonly onMember?: (user: UserId) => void;
  /** A fault of the server: see the defect `ends-before-rejected-events`. */
  readonly endsBeforeRejected?: boolean;
}

/** One room's graph: its events, the state around each, its forward extremities and its current state. */
export class StoredRoom implements Room {
  readonly #records = new Map<EventId, EventRecord>();
  readonly #before = new Map<EventId, StateMap>();
  readonly #after = new Map<EventId, StateMap>();
  readonly #extremities: Extremities;
  #timeline: EventRecord[] = [];
  #current: StateMap = new Map();

  constructor(
    readonly roomId: RoomId,
    readonly rules: RoomVersionRules,
    private readonly resolve: StateResolver,
    private readonly options: StoredRoomOptions = {},
  ) {
    this.#extremities = new Extremities((id) => this.#records.get(id), options.endsBeforeRejected === true);
  }

  record(id: EventId): EventRecord | undefined {
    return this.#records.get(id);
  }

  records(): Iterable<EventRecord> {
    return this.#records.values();
  }

  get timeline(): readonly EventRecord[] {
    return this.#timeline;
  }

  get forwardExtremities(): readonly EventId[] {
    return this.#extremities.ids;
  }

  currentState(): StateMap {
    return this.#current;
  }

  stateBefore(id: EventId): StateMap | undefined {
    return this.#before.get(id);
  }

  stateAfter(id: EventId): StateMap | undefined {
    return this.#after.get(id);
  }

  state(type: string, key = ""): Pdu | undefined {
    return this.eventIn(this.#current, type, key);
  }

  /** The event that holds that pair in a state of this room. */
  eventIn(state: StateMap, type: string, key: string): Pdu | undefined {
    const id = state.get(stateKey(type, key));
    return id === undefined ? undefined : this.#records.get(id)?.event;
  }

  membership(user: UserId): string | undefined {
    return membershipIn(this.state("m.room.member", user));
  }

  joinedUsers(): readonly UserId[] {
    return this.joinedUsersIn(this.#current);
  }

  joinedUsersIn(state: StateMap): readonly UserId[] {
    const users: UserId[] = [];
    for (const [pair, id] of state) {
      const [type, user] = splitStateKey(pair);
      if (type === "m.room.member" && membershipIn(this.#records.get(id)?.event) === "join") users.push(user);
    }
    return users;
  }

  joinedServers(): readonly ServerName[] {
    return this.joinedServersIn(this.#current);
  }

  joinedServersIn(state: StateMap): readonly ServerName[] {
    return [...new Set(this.joinedUsersIn(state).map(domainOf))];
  }

  /** The state after all the events named, as far as they are known. */
  stateAfterAll(ids: readonly EventId[]): StateMap {
    const states = ids.flatMap((id) => this.#after.get(id) ?? []);
    return this.resolve(this, states);
  }

  /** Resolves states of this room into one. */
  resolved(states: readonly StateMap[]): StateMap {
    return this.resolve(this, states);
  }

  /** Keeps an event that belongs to somebody's state or auth chain, without a place in the graph. */
  keepOutlier(eventId: EventId, event: Pdu, rejected: boolean): EventRecord {
    const known = this.#records.get(eventId);
    if (known !== undefined) return known;
    const record = { eventId, event, rejected, softFailed: false, outlier: true, position: 0 };
    this.#keep(record);
    return record;
  }

  /** Puts a judged event into the graph. */
  place(placement: Placement): EventRecord {
    const { eventId, event, rejected, softFailed, position, stateBefore } = placement;
    const record: EventRecord = { eventId, event, rejected, softFailed, outlier: false, position };
    this.#keep(record);
    this.#before.set(eventId, stateBefore);
    this.#after.set(eventId, afterOf(record, stateBefore));
    if (rejected || softFailed) return record;
    if (placement.hidden !== true) this.#show(record);
    if (placement.historical !== true) {
      this.#extremities.add(record);
      this.#settle();
    }
    return record;
  }

  /** Starts afresh from one event, as a join through another server does: what was known before is history. */
  restartFrom(placement: Placement): EventRecord {
    this.#extremities.clear();
    return this.place(placement);
  }

  /** Shows an event that was withheld, at a new position. */
  reveal(eventId: EventId, position: number): EventRecord | undefined {
    const record = this.#records.get(eventId);
    if (record === undefined || this.#timeline.some((shown) => shown.eventId === eventId)) return undefined;
    const shown = { ...record, position };
    this.#records.set(eventId, shown);
    this.#show(shown);
    return shown;
  }

  /** Exchanges an event for its redacted copy. */
  redact(eventId: EventId, redacted: Pdu, redactedBy: EventId): EventRecord | undefined {
    const record = this.#records.get(eventId);
    if (record === undefined) return undefined;
    const changed = { ...record, event: redacted, redactedBy };
    this.#records.set(eventId, changed);
    this.#timeline = this.#timeline.map((shown) => (shown.eventId === eventId ? changed : shown));
    return changed;
  }

  #keep(record: EventRecord): void {
    const { type, state_key: key } = record.event;
    this.#records.set(record.eventId, record);
    if (type === "m.room.member" && typeof key === "string") this.options.onMember?.(key);
  }

  #show(record: EventRecord): void {
    let at = this.#timeline.length;
    while (at > 0 && (this.#timeline[at - 1]?.position ?? 0) > record.position) at -= 1;
    this.#timeline = [...this.#timeline.slice(0, at), record, ...this.#timeline.slice(at)];
  }

  #settle(): void {
    this.#current = this.stateAfterAll(this.forwardExtremities);
  }
}

function afterOf(record: EventRecord, before: StateMap): StateMap {
  const { event } = record;
  if (record.rejected || event.state_key === undefined || !isJsonObject(event.content)) return before;
  return new Map(before).set(stateKey(event.type, event.state_key), record.eventId);
}
