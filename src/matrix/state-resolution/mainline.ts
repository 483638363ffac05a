import { compareCodePoints } from "../code-points.js";
import type { EventId } from "../pdu.js";
import type { Because, OrderedEvent } from "./account.js";
import type { AuthGraph } from "./auth-graph.js";

const NOT_ON_MAINLINE = Number.POSITIVE_INFINITY;

interface Entry {
  readonly id: EventId;
  readonly position: number;
  readonly timestamp: number;
}

/** The mainline ordering of events based on a power levels event, if there is one (rooms/v2#definitions). */
export function mainlineOrdering(graph: AuthGraph, ids: Iterable<EventId>, levels: EventId | undefined): EventId[] {
  return mainlineEntries(graph, ids, levels).map((entry) => entry.id);
}

/** The mainline ordering, and for each event why it comes after the one before it. */
export function mainlineReasons(
  graph: AuthGraph,
  ids: Iterable<EventId>,
  levels: EventId | undefined,
): readonly OrderedEvent[] {
  const entries = mainlineEntries(graph, ids, levels);
  return entries.map((entry, at) => ({ eventId: entry.id, because: becauseAfter(entries[at - 1], entry) }));
}

function becauseAfter(before: Entry | undefined, { position, timestamp }: Entry): Because {
  if (before === undefined) return "first";
  if (before.position !== position) return "position";
  return before.timestamp !== timestamp ? "time" : "id";
}

function mainlineEntries(graph: AuthGraph, ids: Iterable<EventId>, levels: EventId | undefined): Entry[] {
  const positions = mainlinePositions(graph, levels);
  const entries = [...ids].map((id) => ({
    id,
    position: positionOf(graph, id, positions),
    timestamp: graph.event(id).event.origin_server_ts,
  }));
  return entries.sort((a, b) => {
    if (a.position !== b.position) return a.position > b.position ? -1 : 1;
    if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
    return compareCodePoints(a.id, b.id);
  });
}

/** The mainline of a power levels event, itself first (rooms/v2#definitions). */
export function mainlineOf(graph: AuthGraph, levels: EventId | undefined): readonly EventId[] {
  return [...mainlinePositions(graph, levels).keys()];
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
