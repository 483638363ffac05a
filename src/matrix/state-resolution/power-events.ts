import type { EventId, Pdu } from "../pdu.js";
import type { AuthGraph } from "./auth-graph.js";
import type { Reading } from "./reading.js";

/**
 * True for an event that might take someone's ability to act away (rooms/v2#definitions). The text goes by type alone;
 * implementations also ask for an empty state_key, which matters for no event that any rule reads.
 */
export function isPowerEvent(event: Pdu): boolean {
  if (event.state_key === undefined) return false;
  if (event.type === "m.room.power_levels" || event.type === "m.room.join_rules") return true;
  if (event.type !== "m.room.member" || event.sender === event.state_key) return false;
  return event.content.membership === "leave" || event.content.membership === "ban";
}

/** Step 1's set: the power events of the full conflicted set, and what of their auth chains is in it too (rooms/v2#algorithm). */
export function powerEventsWithChains(
  graph: AuthGraph,
  fullConflictedSet: ReadonlySet<EventId>,
  { gathersInside = false }: Reading = {},
): Set<EventId> {
  const power = [...fullConflictedSet].filter((id) => isPowerEvent(graph.event(id).event));
  if (gathersInside) return reachableInside(graph, fullConflictedSet, power);
  const chain = [...graph.authChain(power)].filter((id) => fullConflictedSet.has(id));
  return new Set([...power, ...chain]);
}

function reachableInside(graph: AuthGraph, set: ReadonlySet<EventId>, from: readonly EventId[]): Set<EventId> {
  const reached = new Set(from);
  for (const id of reached) for (const authId of graph.authIds(id)) if (set.has(authId)) reached.add(authId);
  return reached;
}
