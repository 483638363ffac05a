import type { EventId } from "../pdu.js";
import type { AuthGraph } from "./auth-graph.js";

/**
 * The events on `auth_events` paths between any two of these, the ends included. Of the conflicted state set this is the
 * conflicted state subgraph (rooms/v12#definitions): paths may run through events of any type, conflicted or not.
 */
export function eventsOnPathsBetween(graph: AuthGraph, ends: ReadonlySet<EventId>): Set<EventId> {
  const citedBy = citations(graph, new Set([...ends, ...graph.authChain(ends)]));
  const reaching = new Set(ends);
  const open = [...ends];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const citing of citedBy.get(id) ?? []) {
      if (reaching.has(citing)) continue;
      reaching.add(citing);
      open.push(citing);
    }
  }
  return reaching;
}

/** For each of these events, which of them cite it in `auth_events`. */
export function citations(graph: AuthGraph, ids: ReadonlySet<EventId>): Map<EventId, EventId[]> {
  const citedBy = new Map<EventId, EventId[]>([...ids].map((id) => [id, []]));
  for (const id of ids) {
    for (const authId of graph.authIds(id)) citedBy.get(authId)?.push(id);
  }
  return citedBy;
}
