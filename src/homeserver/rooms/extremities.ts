import { prevEventIds } from "../../matrix/events/references.js";
import type { EventId } from "../../matrix/pdu.js";
import type { EventRecord } from "../parts.js";

/** The accepted events that no other accepted event follows (server-server-api#pdus). */
export class Extremities {
  readonly #ids = new Set<EventId>();
  readonly #followed = new Set<EventId>();

  constructor(
    private readonly record: (id: EventId) => EventRecord | undefined,
    /** By a fault: what is before a rejected event is not followed by what is after it. */
    private readonly stopsAtRejected: boolean,
  ) {}

  get ids(): readonly EventId[] {
    return [...this.#ids];
  }

  clear(): void {
    this.#ids.clear();
  }

  /** An accepted event replaces the ones before it, also those it reaches only through rejected or soft-failed events. */
  add(record: EventRecord): void {
    this.#cover(prevEventIds(record.event));
    if (!this.#followed.has(record.eventId)) this.#ids.add(record.eventId);
  }

  #cover(ids: readonly EventId[]): void {
    const pending = [...ids];
    const seen = new Set<EventId>();
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      this.#ids.delete(id);
      this.#followed.add(id);
      const record = this.record(id);
      const isPassed = record?.softFailed === true || (record?.rejected === true && !this.stopsAtRejected);
      if (record !== undefined && isPassed) pending.push(...prevEventIds(record.event));
    }
  }
}
