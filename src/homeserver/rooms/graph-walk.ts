import { prevEventIds } from "../../matrix/events/references.js";
import type { EventId } from "../../matrix/pdu.js";
import type { EventRecord } from "../parts.js";
import type { StoredRoom } from "./stored-room.js";

/** The events named and those before them, deepest first, rejected ones passed over (server-server-api#get_matrixfederationv1backfillroomid). */
export function ancestors(
  room: StoredRoom,
  from: readonly EventId[],
  limit: number,
  rejectedToo = false,
): readonly EventRecord[] {
  const found: EventRecord[] = [];
  const seen = new Set<EventId>(from);
  const pending = inGraph(room, from);
  while (pending.length > 0 && found.length < limit) {
    pending.sort((a, b) => a.event.depth - b.event.depth);
    const record = pending.pop();
    if (record === undefined) break;
    if (!record.rejected || rejectedToo) found.push(record);
    const next = prevEventIds(record.event).filter((id) => !seen.has(id));
    for (const id of next) seen.add(id);
    pending.push(...inGraph(room, next));
  }
  return found;
}

export interface MissingBetween {
  readonly earliest: readonly EventId[];
  readonly latest: readonly EventId[];
  readonly limit: number;
  readonly minDepth: number;
}

/** What lies between events that a server has and events that it has heard of, oldest first (server-server-api#post_matrixfederationv1get_missing_eventsroomid). */
export function missingBetween(
  room: StoredRoom,
  { earliest, latest, limit, minDepth }: MissingBetween,
): readonly EventRecord[] {
  const found: EventRecord[] = [];
  const seen = new Set<EventId>([...earliest, ...latest]);
  let front = inGraph(room, latest);
  while (front.length > 0 && found.length < limit) {
    const ids = new Set(front.flatMap(({ event }) => prevEventIds(event)).filter((id) => !seen.has(id)));
    for (const id of ids) seen.add(id);
    front = inGraph(room, [...ids]).filter(({ event }) => event.depth >= minDepth);
    found.push(...front.filter(({ rejected }) => !rejected));
  }
  return found.slice(0, limit).reverse();
}

/** Events that known history refers to without their being known, looking back from the events named. */
export function gapsBefore(room: StoredRoom, from: readonly EventId[], reach: number): readonly EventId[] {
  const gaps = new Set<EventId>();
  for (const { event } of ancestors(room, from, reach)) {
    for (const id of prevEventIds(event)) if (inGraph(room, [id]).length === 0) gaps.add(id);
  }
  return [...gaps];
}

function inGraph(room: StoredRoom, ids: readonly EventId[]): EventRecord[] {
  return ids.flatMap((id) => {
    const record = room.record(id);
    return record === undefined || record.outlier ? [] : [record];
  });
}
