import { powerLevels } from "../../matrix/auth-rules/power-levels.js";
import { redact } from "../../matrix/events/redaction.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import type { EventRecord } from "../parts.js";
import { lookupIn } from "./lookup.js";
import { domainOf } from "./membership.js";
import type { RoomStore } from "./room-store.js";
import type { StoredRoom } from "./stored-room.js";

/** Applies redactions once both partners are there (rooms/v3#handling-redactions). */
export class Redactions {
  readonly #waiting = new Map<EventId, EventId[]>();

  constructor(
    private readonly core: Core,
    private readonly store: RoomStore,
  ) {}

  /** Whether the event must stay away from clients until its redaction has been found to be right. */
  withholds(room: StoredRoom, event: Pdu): boolean {
    return (
      event.type === "m.room.redaction" && !room.rules.redactionByAuthRule && !this.core.has("shows-any-redaction")
    );
  }

  /** Looks at an event that has just been accepted, as redaction and as target. */
  consider(room: StoredRoom, record: EventRecord): void {
    const target = redactedBy(room, record.event);
    if (target !== undefined) this.#apply(room, record.eventId, target);
    const waiting = this.#waiting.get(record.eventId) ?? [];
    this.#waiting.delete(record.eventId);
    for (const redaction of waiting) this.#apply(room, redaction, record.eventId);
  }

  #apply(room: StoredRoom, redactionId: EventId, targetId: EventId): void {
    const redaction = room.record(redactionId);
    const target = room.record(targetId);
    if (redaction === undefined || redaction.rejected || redaction.softFailed) return;
    if (target === undefined || target.rejected) {
      this.#wait(redactionId, targetId);
      return;
    }
    if (!this.#mayRedact(room, redaction, target) || this.core.has("ignores-redactions")) return;
    if (target.redactedBy === undefined) room.redact(targetId, this.#stripped(room, target.event), redactionId);
    if (!this.withholds(room, redaction.event)) return;
    const shown = room.reveal(redactionId, this.store.nextPosition());
    if (shown !== undefined) this.store.changed({ roomId: room.roomId, record: shown });
  }

  #stripped(room: StoredRoom, event: Pdu): Pdu {
    const kept = redact(event, room.rules);
    return this.core.has("strips-too-much") ? { ...kept, content: {} } : kept;
  }

  #wait(redactionId: EventId, targetId: EventId): void {
    this.#waiting.set(targetId, [...(this.#waiting.get(targetId) ?? []), redactionId]);
  }

  #mayRedact(room: StoredRoom, redaction: EventRecord, target: EventRecord): boolean {
    if (room.rules.redactionByAuthRule || this.core.has("applies-any-redaction")) return true;
    if (domainOf(redaction.event.sender) === domainOf(target.event.sender)) return true;
    const state = room.stateBefore(redaction.eventId) ?? room.currentState();
    const levels = powerLevels(lookupIn(room, state), room.rules);
    return levels.ofUser(redaction.event.sender) >= levels.redact;
  }
}

function redactedBy(room: StoredRoom, event: Pdu): EventId | undefined {
  if (event.type !== "m.room.redaction") return undefined;
  const redacts = room.rules.redactsIn === "content" ? event.content.redacts : event.redacts;
  return typeof redacts === "string" ? redacts : undefined;
}
