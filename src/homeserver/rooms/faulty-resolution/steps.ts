import type { EventId } from "../../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../../matrix/state-map.js";
import { authDifference } from "../../../matrix/state-resolution/auth-difference.js";
import type { AuthGraph } from "../../../matrix/state-resolution/auth-graph.js";
import { iterativeAuthChecks } from "../../../matrix/state-resolution/iterative-auth-checks.js";
import { mainlineOrdering } from "../../../matrix/state-resolution/mainline.js";
import { type Partition, partition } from "../../../matrix/state-resolution/partition.js";
import { eventsOnPathsBetween } from "../../../matrix/state-resolution/paths.js";
import { powerEventsWithChains } from "../../../matrix/state-resolution/power-events.js";
import { reverseTopologicalPowerOrdering } from "../../../matrix/state-resolution/reverse-topological.js";

/** The steps of the algorithm of room versions 2 to 12, each of which a fault may replace (rooms/v2#algorithm). */
export interface Steps {
  separate(states: readonly StateMap[]): Partition;
  /** What is disputed besides the conflicted events themselves. */
  difference(graph: AuthGraph, states: readonly StateMap[], parts: Partition): Iterable<EventId>;
  subgraph(graph: AuthGraph, parts: Partition): Iterable<EventId>;
  powerSet(graph: AuthGraph, disputed: ReadonlySet<EventId>): ReadonlySet<EventId>;
  powerOrder(graph: AuthGraph, set: ReadonlySet<EventId>, states: readonly StateMap[]): readonly EventId[];
  base(graph: AuthGraph, parts: Partition): StateMap;
  check(graph: AuthGraph, initial: StateMap, ordered: readonly EventId[]): StateMap;
  /** The same for what is left after the power events; as `check` where it is not replaced. */
  checkRest?(graph: AuthGraph, partial: StateMap, ordered: readonly EventId[], parts: Partition): StateMap;
  mainlineOrder(
    graph: AuthGraph,
    ids: readonly EventId[],
    levels: EventId | undefined,
    states: readonly StateMap[],
  ): readonly EventId[];
  finish(resolved: StateMap, parts: Partition): StateMap;
}

/** Whether the room is resolved by the algorithm of room version 12 (rooms/v12#state-resolution). */
export const isNewest = (graph: AuthGraph) => graph.rules.stateResolution === "v2.1";

export const SOUND_STEPS: Steps = {
  separate: partition,
  difference: (graph, states, { unconflicted }) => authDifference(graph, states, unconflicted),
  subgraph: (graph, { conflicted }) => (isNewest(graph) ? eventsOnPathsBetween(graph, conflicted) : []),
  powerSet: powerEventsWithChains,
  powerOrder: (graph, set) => reverseTopologicalPowerOrdering(graph, set),
  base: (graph, { unconflicted }) => (isNewest(graph) ? new Map() : unconflicted),
  check: iterativeAuthChecks,
  mainlineOrder: mainlineOrdering,
  finish: (resolved, { unconflicted }) => new Map([...resolved, ...unconflicted]),
};

/** Resolves states by these steps. */
export function resolveBy(steps: Steps, graph: AuthGraph, states: readonly StateMap[]): StateMap {
  const parts = steps.separate(states);
  if (parts.conflicted.size === 0) return parts.unconflicted;
  const disputed = new Set([
    ...parts.conflicted,
    ...steps.subgraph(graph, parts),
    ...steps.difference(graph, states, parts),
  ]);
  const power = steps.powerSet(graph, disputed);
  const partial = steps.check(graph, steps.base(graph, parts), steps.powerOrder(graph, power, states));
  const remaining = [...disputed].filter((id) => !power.has(id));
  const levels = partial.get(stateKey("m.room.power_levels", ""));
  const ordered = steps.mainlineOrder(graph, remaining, levels, states);
  const resolved = (steps.checkRest ?? steps.check)(graph, partial, ordered, parts);
  return steps.finish(resolved, parts);
}
