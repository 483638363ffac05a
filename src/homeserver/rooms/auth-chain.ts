import { authEventIds, prevEventIds } from "../../matrix/events/references.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import type { EventRecord } from "../parts.js";
import type { StoredRoom } from "./stored-room.js";

/** Everything that the events' authorisation rests on, the events themselves not included (server-server-api#authorisation-rules). */
export function authChain(room: StoredRoom, events: Iterable<Pdu>): readonly EventRecord[] {
  const chain = new Map<EventId, EventRecord>();
  const pending = [...events].flatMap(authEventIds);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const record = room.record(id);
    if (record === undefined || chain.has(id)) continue;
    chain.set(id, record);
    pending.push(...authEventIds(record.event));
  }
  return [...chain.values()];
}

export interface IdentifiedPdu {
  readonly eventId: EventId;
  readonly event: Pdu;
}

/** The events with those that they rest on or follow before them. Cycles, which only forgery makes, are cut somewhere. */
export function inOrder(events: readonly IdentifiedPdu[]): readonly IdentifiedPdu[] {
  const byId = new Map(events.map((item) => [item.eventId, item]));
  const ordered = new Map<EventId, IdentifiedPdu>();
  const entered = new Set<EventId>();
  const pending = events.map(({ eventId }) => ({ eventId, leaving: false })).reverse();
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const item = byId.get(step.eventId);
    if (item === undefined) continue;
    if (step.leaving) ordered.set(step.eventId, item);
    if (step.leaving || entered.has(step.eventId)) continue;
    entered.add(step.eventId);
    pending.push({ eventId: step.eventId, leaving: true });
    const before = [...prevEventIds(item.event), ...authEventIds(item.event)];
    pending.push(...before.reverse().map((eventId) => ({ eventId, leaving: false })));
  }
  return [...ordered.values()];
}
