import { type EventOutcome, type GraphOptions, GraphResolver } from "../../src/matrix/dag/graph-resolver.js";
import { type HistoryDraft, type HistoryNode, UnknownNodeError } from "../../src/matrix/dag/history.js";
import { selectAuthEvents } from "../../src/matrix/dag/select-auth-events.js";
import { oneTopologicalOrder } from "../../src/matrix/dag/topological.js";
import type { IdentifiedEvent } from "../../src/matrix/events/references.js";
import type { EventId } from "../../src/matrix/pdu.js";
import type { RoomVersionRules } from "../../src/matrix/room-versions.js";
import type { StateMap } from "../../src/matrix/state-map.js";

interface HistoryOptions extends Omit<GraphOptions, "base"> {
  /** Makes the event of a draft: the room id, the time, hashes, signatures and the id are the caller's. */
  readonly complete: (draft: HistoryDraft) => IdentifiedEvent;
}

/** Makes the events of a history by name, with their outcomes. Throws `UnknownNodeError`, `CycleError`. */
export function composeHistory(nodes: readonly HistoryNode[], options: HistoryOptions): Map<string, EventOutcome> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const resolver = new GraphResolver(options);
  const outcomes = new Map<string, EventOutcome>();
  const byId = new Map<EventId, IdentifiedEvent>();
  for (const name of oneTopologicalOrder(nodes)) {
    const node = found(byName, name);
    const prevEvents = node.prev.map((prev) => found(outcomes, prev));
    const stateBefore = resolver.stateAfterAll(prevEvents.map((prev) => prev.eventId));
    const authEvents = selected(node, options.rules, stateBefore).map((id) => found(byId, id));
    const depth = 1 + Math.max(0, ...prevEvents.map((prev) => prev.event.depth));
    const made = options.complete({
      node,
      prevEvents,
      authEvents,
      depth: Math.min(depth, options.rules.maxDepth),
      stateBefore,
    });
    byId.set(made.eventId, made);
    outcomes.set(name, resolver.add(made));
  }
  return outcomes;
}

function selected(node: HistoryNode, rules: RoomVersionRules, state: StateMap): EventId[] {
  const { type, sender, content, stateKey } = node;
  return selectAuthEvents(
    { type, sender, content, ...(stateKey === undefined ? {} : { state_key: stateKey }) },
    rules,
    state,
  );
}

function found<T>(entries: ReadonlyMap<string, T>, name: string): T {
  const entry = entries.get(name);
  if (entry === undefined) throw new UnknownNodeError(name);
  return entry;
}
