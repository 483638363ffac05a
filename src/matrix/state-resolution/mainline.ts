import { compareCodePoints } from "../code-points.js";
import type { EventId } from "../pdu.js";
import type { AuthGraph } from "./auth-graph.js";

const NOT_ON_MAINLINE = Number.POSITIVE_INFINITY;

/** The mainline ordering of events based on a power levels event, if there is one (rooms/v2#definitions). */
export function mainlineOrdering(graph: AuthGraph, ids: Iterable<EventId>, levels: EventId | undefined): EventId[] {
  const positions = mainlinePositions(graph, levels);
  const entries = [...ids].map((id) => ({
    id,
    position: positionOf(graph, id, positions),
    timestamp: graph.event(id).event.origin_server_ts,
  }));
  entries.sort((a, b) => {
    if (a.position !== b.position) return a.position > b.position ? -1 : 1;
    if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
    return compareCodePoints(a.id, b.id);
  });
  return entries.map((entry) => entry.id);
}

/** The power levels events from this one back, each with its index. */
function mainlinePositions(graph: AuthGraph, levels: EventId | undefined): Map<EventId, number> {
  const positions = new Map<EventId, number>();
  for (let id = levels; id !== undefined && !positions.has(id); id = levelsCitedBy(graph, id)) {
    positions.set(id, positions.size);
  }
  return positions;
}

/** An event's mainline position. What is found for the power levels events on the way is kept in `positions`. */
function positionOf(graph: AuthGraph, id: EventId, positions: Map<EventId, number>): number {
  const walked = new Set<EventId>();
  let at = levelsCitedBy(graph, id);
  while (at !== undefined && !positions.has(at) && !walked.has(at)) {
    walked.add(at);
    at = levelsCitedBy(graph, at);
  }
  const position = (at === undefined ? undefined : positions.get(at)) ?? NOT_ON_MAINLINE;
  for (const passed of walked) positions.set(passed, position);
  return position;
}

function levelsCitedBy(graph: AuthGraph, id: EventId): EventId | undefined {
  return graph.authEvent(id, "m.room.power_levels", "")?.eventId;
}
