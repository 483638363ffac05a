import { prevEventIds } from "../../matrix/events/references.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { EventId, ServerName } from "../../matrix/pdu.js";
import type { StateMap } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import { type ComposedEvent, type EventRecord, MatrixError } from "../parts.js";
import type { RoomParts } from "../room-parts.js";
import { inOrder } from "../rooms/auth-chain.js";
import { stateAlsoAfterRejected } from "../rooms/faulty-intake.js";
import type { StoredRoom } from "../rooms/stored-room.js";
import { attempt } from "./attempt.js";
import { objectsIn } from "./body.js";

const MISSING_EVENTS_LIMIT = 20;

type ReceiverParts = Pick<RoomParts, "intake" | "checks" | "outliers" | "federation" | "policyServers">;

/** Takes in what other servers send: all checks, and the fetching that the checks need. */
export class Receiver {
  constructor(
    private readonly core: Core,
    private readonly parts: ReceiverParts,
  ) {}

  /** Receives one event; throws MatrixError for one that is dropped. What is rejected or soft-failed is kept and answered so. */
  async receive(room: StoredRoom, json: JsonObject, source: ServerName): Promise<EventRecord> {
    const checked = await this.parts.checks.check(json, room.rules, room.roomId, { server: source, delivers: true });
    return this.receiveChecked(room, checked, source);
  }

  async receiveChecked(room: StoredRoom, event: ComposedEvent, source: ServerName): Promise<EventRecord> {
    const known = room.record(event.eventId);
    if (known !== undefined && !known.outlier && !this.#takesAgain(known)) return known;
    if (unknownPrevEvents(room, event).length > 0 && !this.core.has("no-gap-filling")) {
      await this.#fillGap(room, event, source);
    }
    return this.#takeLive(room, event, source);
  }

  /** Receives history in whatever order it came; each event below all known so far. Newest first. */
  async receiveHistory(
    room: StoredRoom,
    events: readonly JsonObject[],
    source: ServerName,
    positions: (count: number) => readonly number[],
  ): Promise<readonly EventRecord[]> {
    const sound = (await this.#sound(room, events, source, true)).filter(({ eventId }) => isNew(room, eventId));
    const ordered = inOrder(sound);
    const places = positions(ordered.length);
    const records: EventRecord[] = [];
    for (const [index, event] of ordered.entries()) {
      await this.parts.outliers.completeAuthChain(room, event, source);
      const stateBefore = await this.#stateBefore(room, event, source);
      if (stateBefore === undefined) continue;
      const historicalPosition = places[index] ?? 0;
      records.unshift(this.parts.intake.take(room, { ...event, stateBefore, historicalPosition }));
    }
    return records;
  }

  async #takeLive(room: StoredRoom, event: ComposedEvent, source: ServerName): Promise<EventRecord> {
    await this.parts.outliers.completeAuthChain(room, event, source);
    const stateBefore = await this.#stateBefore(room, event, source);
    if (stateBefore === undefined) throw new MatrixError(400, "M_UNKNOWN", "the state before the event is unknown");
    // Before the event is taken in, which must see the room as it then is.
    const recommended = await this.parts.policyServers.recommendation(room, event);
    return this.parts.intake.take(room, { ...recommended, stateBefore });
  }

  async #fillGap(room: StoredRoom, { eventId }: ComposedEvent, source: ServerName): Promise<void> {
    const uri = `/_matrix/federation/v1/get_missing_events/${encodeURIComponent(room.roomId)}`;
    const content = {
      earliest_events: room.forwardExtremities,
      latest_events: [eventId],
      limit: MISSING_EVENTS_LIMIT,
      min_depth: 0,
    };
    const answer = await attempt(this.core, () => this.parts.federation.request(source, "POST", uri, content));
    if (!isJsonObject(answer)) return;
    const events = inOrder(await this.#sound(room, objectsIn(answer.events), source, false));
    for (const event of events) {
      if (isNew(room, event.eventId)) await attempt(this.core, () => this.#takeLive(room, event, source));
    }
  }

  async #sound(
    room: StoredRoom,
    events: readonly JsonObject[],
    server: ServerName,
    history: boolean,
  ): Promise<readonly ComposedEvent[]> {
    const sound: ComposedEvent[] = [];
    for (const json of events) {
      const believed = history ? this.core.has("trusts-earlier-history") : this.core.has("trusts-missing-events");
      const source = { server, history, believed };
      const checked = await attempt(this.core, () => this.parts.checks.check(json, room.rules, room.roomId, source));
      if (checked !== undefined) sound.push(checked);
    }
    return sound;
  }

  /** From the states after the previous events; where one is unknown, another server is asked as well. */
  async #stateBefore(room: StoredRoom, event: ComposedEvent, source: ServerName): Promise<StateMap | undefined> {
    const prevIds = prevEventIds(event.event);
    const known = prevIds.flatMap((id) => stateAlsoAfterRejected(this.core, room, id) ?? room.stateAfter(id) ?? []);
    if (known.length === prevIds.length) return room.resolved(known);
    if (this.core.has("no-gap-filling")) return room.currentState();
    const told = await this.parts.outliers.stateBefore(room, event.eventId, source);
    return told === undefined ? undefined : room.resolved([...known, told]);
  }

  #takesAgain({ rejected }: EventRecord): boolean {
    return rejected ? this.core.has("believes-what-is-repeated") : this.core.has("shows-repeated-events");
  }
}

function isNew(room: StoredRoom, eventId: EventId): boolean {
  const record = room.record(eventId);
  return record === undefined || record.outlier;
}

function unknownPrevEvents(room: StoredRoom, { event }: ComposedEvent): readonly EventId[] {
  return prevEventIds(event).filter((id) => isNew(room, id));
}
