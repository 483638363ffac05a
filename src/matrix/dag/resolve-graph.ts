import { authEventIds, type IdentifiedEvent, prevEventIds } from "../events/references.js";
import type { EventId } from "../pdu.js";
import { type EventOutcome, type GraphOptions, GraphResolver } from "./graph-resolver.js";
import { oneTopologicalOrder } from "./topological.js";

export type { EventOutcome, GraphBase, GraphOptions } from "./graph-resolver.js";

/**
 * States before and after, and rejections, of all given events of a room, in whatever order they are given: what any
 * correct server must come to (server-server-api#room-state-resolution, server-server-api#rejection).
 * Throws `MissingEventError` for references that lead outside, `CycleError` for events that refer to each other.
 */
export function resolveGraph(events: readonly IdentifiedEvent[], options: GraphOptions): Map<EventId, EventOutcome> {
  const byId = new Map(events.map((identified) => [identified.eventId, identified]));
  const order = oneTopologicalOrder(
    events.map(({ eventId, event }) => ({ name: eventId, prev: [...prevEventIds(event), ...authEventIds(event)] })),
  );
  const resolver = new GraphResolver(options);
  const outcomes = new Map<EventId, EventOutcome>();
  for (const id of order) {
    const identified = byId.get(id);
    if (identified !== undefined) outcomes.set(id, resolver.add(identified));
  }
  return outcomes;
}
