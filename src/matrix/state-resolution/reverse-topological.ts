import { powerLevelsOf } from "../auth-rules/power-levels.js";
import { compareCodePoints } from "../code-points.js";
import type { EventId } from "../pdu.js";
import type { Because, OrderedEvent } from "./account.js";
import type { AuthGraph } from "./auth-graph.js";
import { Heap } from "./heap.js";
import { citations, eventsOnPathsBetween } from "./paths.js";
import type { Reading } from "./reading.js";

interface Candidate {
  readonly id: EventId;
  readonly level: number;
  readonly timestamp: number;
}

/**
 * The reverse topological power ordering of a set of events, earliest first, by Kahn's algorithm (rooms/v2#definitions).
 * An ancestor precedes also when the path to it leads outside the set: the events in between are passed through at once
 * and not listed. Events that cite each other in a circle, which only rooms with freely chosen event ids can hold, are left out.
 */
export function reverseTopologicalPowerOrdering(
  graph: AuthGraph,
  set: ReadonlySet<EventId>,
  { ordersInside = false }: Reading = {},
): EventId[] {
  const vertices = ordersInside ? set : eventsOnPathsBetween(graph, set);
  const citedBy = citations(graph, vertices);
  const waitingFor = new Map<EventId, number>();
  const ready = new Heap<Candidate>(compareCandidates);
  const passThrough: EventId[] = [];
  const release = (id: EventId): void => {
    if (set.has(id)) ready.push(candidate(graph, id));
    else passThrough.push(id);
  };
  for (const id of vertices) {
    const ancestors = graph.authIds(id).filter((authId) => vertices.has(authId)).length;
    waitingFor.set(id, ancestors);
    if (ancestors === 0) release(id);
  }
  const ordered: EventId[] = [];
  for (;;) {
    const id = passThrough.pop() ?? ready.pop()?.id;
    if (id === undefined) return ordered;
    if (set.has(id)) ordered.push(id);
    for (const citing of citedBy.get(id) ?? []) {
      const left = (waitingFor.get(citing) ?? 0) - 1;
      waitingFor.set(citing, left);
      if (left === 0) release(citing);
    }
  }
}

/** For each event of such an order why it comes after the one before it. */
export function powerReasons(graph: AuthGraph, ordered: readonly EventId[]): readonly OrderedEvent[] {
  return ordered.map((eventId, at) => ({ eventId, because: becauseAfter(graph, ordered[at - 1], eventId) }));
}

/** Kahn's algorithm frees an event by the one before it, or had both free and compared them. */
function becauseAfter(graph: AuthGraph, before: EventId | undefined, id: EventId): Because {
  if (before === undefined) return "first";
  if (graph.authChain([id]).has(before)) return "rests-on-it";
  const [a, b] = [candidate(graph, before), candidate(graph, id)];
  if (a.level !== b.level) return "level";
  return a.timestamp !== b.timestamp ? "time" : "id";
}

function candidate(graph: AuthGraph, id: EventId): Candidate {
  const { event } = graph.event(id);
  return { id, level: senderLevelAt(graph, id), timestamp: event.origin_server_ts };
}

/** The sender's level by the event's own auth events; defaults and creators count as in any state (FED-SR2-016, FED-SR21-009). */
function senderLevelAt(graph: AuthGraph, id: EventId): number {
  const levels = graph.authEvent(id, "m.room.power_levels", "")?.event;
  return powerLevelsOf(levels, graph.createOf(id)?.event, graph.rules).ofUser(graph.event(id).event.sender);
}

/** Greater level first, then smaller timestamp, then smaller id. Levels may be infinite, so they are not subtracted. */
function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.level !== b.level) return a.level > b.level ? -1 : 1;
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
  return compareCodePoints(a.id, b.id);
}
