import type { EventId, Pdu } from "../../matrix/pdu.js";
import { type StateMap, splitStateKey } from "../../matrix/state-map.js";
import type { Core } from "../core.js";
import type { EventRecord } from "../parts.js";
import { ancestryAsSeenBy, sameButForCase, showsAllTheSame } from "./faulty-intake.js";
import { type Judgement, judge, refusalByAuthEvents } from "./judge.js";
import { membershipIn } from "./membership.js";
import { Redactions } from "./redactions.js";
import type { RoomStore } from "./room-store.js";
import type { StoredRoom } from "./stored-room.js";

export interface Arrival {
  readonly eventId: EventId;
  readonly event: Pdu;
  readonly stateBefore: StateMap;
  /** Where history fetched afterwards belongs; the next position, and the current state's say, when absent. */
  readonly historicalPosition?: number;
  /** False where the room's policy server does not want it shown (server-server-api#validating-policy-server-signatures). */
  readonly recommended?: boolean;
  /** Starts the room's graph afresh, as the join through another server does. */
  readonly restarts?: boolean;
}

/** The one place where events enter rooms: judged, placed, announced. Synchronous, so that nothing comes between. */
export class Intake {
  readonly #redactions: Redactions;

  constructor(
    private readonly core: Core,
    private readonly store: RoomStore,
  ) {
    this.#redactions = new Redactions(core, store);
  }

  /** Judges an event whose checks of form, signature and hash are behind it, and takes it into the room. */
  take(room: StoredRoom, arrival: Arrival): EventRecord {
    const known = room.record(arrival.eventId) ?? sameButForCase(this.core, room, arrival.eventId);
    const again = this.#again(room, arrival, known);
    if (again !== undefined) return again;
    const live = arrival.historicalPosition === undefined && arrival.restarts !== true;
    const judgement = judge(this.core, room, arrival.event, arrival.stateBefore, live);
    const advised = arrival.recommended === false ? notRecommended(this.core, judgement) : judgement;
    return this.put(room, arrival, ancestryAsSeenBy(this.core, room, arrival.event, advised));
  }

  /** What becomes of an event that is known already; undefined for one that is to be judged and placed. */
  #again(room: StoredRoom, arrival: Arrival, known: EventRecord | undefined): EventRecord | undefined {
    if (known === undefined) return undefined;
    if (known.outlier) return this.core.has("outliers-stay-outside") ? known : undefined;
    if (known.rejected && this.core.has("believes-what-is-repeated")) {
      return this.put(room, arrival, { rejected: false, softFailed: false });
    }
    return !known.rejected && this.core.has("shows-repeated-events") ? undefined : known;
  }

  /** Takes an event with a judgement already made. */
  put(room: StoredRoom, arrival: Arrival, judgement: Judgement): EventRecord {
    const { eventId, event, stateBefore, historicalPosition } = arrival;
    if (judgement.reason !== undefined) {
      this.core.log(`${judgement.rejected ? "rejected" : "soft-failed"} ${eventId}: ${judgement.reason}`);
    }
    const before = room.currentState();
    const placement = {
      eventId,
      event,
      stateBefore,
      ...this.#kept(judgement),
      position: historicalPosition ?? this.store.nextPosition(),
      historical: historicalPosition !== undefined,
      hidden: this.#redactions.withholds(room, event),
    };
    const record = arrival.restarts === true ? room.restartFrom(placement) : room.place(placement);
    this.#announce(room, record, before, placement.hidden);
    if (!record.rejected && !record.softFailed) this.#redactions.consider(room, record);
    else if (showsAllTheSame(this.core, record)) this.#show(room, record);
    return room.record(eventId) ?? record;
  }

  #kept({ rejected, softFailed }: Judgement): Pick<Judgement, "rejected" | "softFailed"> {
    const forgotten = softFailed && this.core.has("forgets-soft-failed-events");
    return { rejected: rejected || forgotten, softFailed: softFailed && !forgotten };
  }

  #show(room: StoredRoom, { eventId }: EventRecord): void {
    const shown = room.reveal(eventId, this.store.nextPosition());
    if (shown !== undefined) this.store.changed({ roomId: room.roomId, record: shown });
  }

  /** Keeps an event of somebody's state or auth chain, judged by its auth events alone. */
  keepOutlier(room: StoredRoom, eventId: EventId, event: Pdu): EventRecord {
    const known = room.record(eventId);
    if (known !== undefined) return known;
    const reason = this.core.has("skips-auth-rules") ? undefined : refusalByAuthEvents(this.core, room, event);
    if (reason !== undefined) this.core.log(`rejected ${eventId} outside the graph: ${reason}`);
    return room.keepOutlier(eventId, event, reason !== undefined);
  }

  #announce(room: StoredRoom, record: EventRecord, before: StateMap, hidden: boolean): void {
    const after = room.currentState();
    const visible = !record.rejected && !record.softFailed && !hidden && record.position > 0;
    if (visible) this.store.changed({ roomId: room.roomId, record });
    else if (after !== before) this.store.changed({ roomId: room.roomId });
    if (after !== before) this.#announceMemberships(room, before, after);
  }

  #announceMemberships(room: StoredRoom, before: StateMap, after: StateMap): void {
    for (const pair of new Set([...after.keys(), ...before.keys()])) {
      const [type, user] = splitStateKey(pair);
      if (type !== "m.room.member" || before.get(pair) === after.get(pair)) continue;
      const membership = membershipIn(room.eventIn(after, type, user)) ?? "leave";
      if (membershipIn(room.eventIn(before, type, user)) === membership) continue;
      this.store.membershipChanged({ roomId: room.roomId, user, membership });
    }
  }
}

/** The policy server's advice hides an event, and does not touch what the rules allow. */
function notRecommended(core: Core, { rejected, reason }: Judgement): Judgement {
  const refused = rejected || core.has("rejects-what-policy-refuses");
  return { rejected: refused, softFailed: !refused, reason: reason ?? "the policy server does not recommend it" };
}
