import type { IdentifiedEvent } from "../events/references.js";
import type { JsonObject } from "../json.js";
import type { EventId, UserId } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import type { StateMap } from "../state-map.js";
import { type EventOutcome, type GraphOptions, GraphResolver } from "./graph-resolver.js";
import { selectAuthEvents } from "./select-auth-events.js";
import { type GraphNode, oneTopologicalOrder } from "./topological.js";

/** One event of a history told by names; ids, auth events and depth follow from the rest. */
export interface HistoryNode extends GraphNode {
  readonly sender: UserId;
  readonly type: string;
  readonly stateKey?: string;
  readonly content: JsonObject;
}

/** What is worked out for a node before it becomes an event. */
export interface HistoryDraft {
  readonly node: HistoryNode;
  readonly prevEvents: readonly IdentifiedEvent[];
  readonly authEvents: readonly IdentifiedEvent[];
  readonly depth: number;
  readonly stateBefore: StateMap;
}

export interface HistoryOptions extends Omit<GraphOptions, "base"> {
  /** Makes the event of a draft: the room id, the time, hashes, signatures and the id are the caller's. */
  readonly complete: (draft: HistoryDraft) => IdentifiedEvent;
}

/** A node names another that is not in the history. */
export class UnknownNodeError extends Error {
  readonly code = "UNKNOWN_NODE";

  constructor(readonly nodeName: string) {
    super(`no node of the history is called ${JSON.stringify(nodeName)}`);
    this.name = "UnknownNodeError";
  }
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
