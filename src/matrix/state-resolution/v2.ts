import type { EventId } from "../pdu.js";
import { type StateKey, type StateMap, stateKey } from "../state-map.js";
import type { Witness } from "./account.js";
import { authDifference } from "./auth-difference.js";
import type { AuthGraph } from "./auth-graph.js";
import { iterativeAuthChecks } from "./iterative-auth-checks.js";
import { mainlineOf, mainlineOrdering, mainlineReasons } from "./mainline.js";
import { conflictsOf, type Partition, partition } from "./partition.js";
import { eventsOnPathsBetween } from "./paths.js";
import { powerEventsWithChains } from "./power-events.js";
import type { Reading } from "./reading.js";
import { powerReasons, reverseTopologicalPowerOrdering } from "./reverse-topological.js";

/** In what version 2.1 of the algorithm departs from version 2 (rooms/v12#state-resolution). */
interface Variant extends Reading {
  readonly startsEmpty: boolean;
  readonly addsConflictedSubgraph: boolean;
}

/** State resolution of room versions 2 to 11 (rooms/v2#state-resolution). */
export function resolveV2(
  graph: AuthGraph,
  states: readonly StateMap[],
  reading: Reading = {},
  witness?: Witness,
): StateMap {
  return resolve(graph, states, { ...reading, startsEmpty: false, addsConflictedSubgraph: false }, witness);
}

/** State resolution of room version 12 (rooms/v12#state-resolution). */
export function resolveV21(
  graph: AuthGraph,
  states: readonly StateMap[],
  reading: Reading = {},
  witness?: Witness,
): StateMap {
  return resolve(graph, states, { ...reading, startsEmpty: true, addsConflictedSubgraph: true }, witness);
}

function resolve(graph: AuthGraph, states: readonly StateMap[], variant: Variant, witness?: Witness): StateMap {
  const parts = partition(states);
  if (parts.conflicted.size === 0) return parts.unconflicted;
  const fullConflictedSet = fullConflictedSetOf(graph, states, parts, variant);
  if (witness !== undefined) {
    for (const conflict of conflictsOf(states)) witness({ step: "conflict", ...conflict });
    witness({ step: "full-conflicted-set", events: [...fullConflictedSet] });
  }

  // 1. Power events and what authorises them, in reverse topological power order.
  const powerSet = powerEventsWithChains(graph, fullConflictedSet, variant);
  const powerOrder = reverseTopologicalPowerOrdering(graph, powerSet, variant);
  witness?.({ step: "order", by: "power", events: powerReasons(graph, powerOrder) });

  // 2. The iterative auth checks on those.
  const base: StateMap = variant.startsEmpty ? new Map() : parts.unconflicted;
  const partial = iterativeAuthChecks(graph, base, powerOrder, { ...variant, witness });

  // 3. The remaining events in the mainline order of the power levels reached so far.
  const remaining = [...fullConflictedSet].filter((id) => !powerSet.has(id));
  const levels = partial.get(stateKey("m.room.power_levels", ""));
  const mainlineOrder = mainlineOrdering(graph, remaining, levels);
  witness?.({ step: "mainline", events: mainlineOf(graph, levels) });
  witness?.({ step: "order", by: "mainline", events: mainlineReasons(graph, remaining, levels) });

  // 4. The iterative auth checks on those.
  const resolved = iterativeAuthChecks(graph, partial, mainlineOrder, { ...variant, witness });

  // 5. The unconflicted entries stand whatever happened.
  return overlay(resolved, parts.unconflicted, witness);
}

function fullConflictedSetOf(
  graph: AuthGraph,
  states: readonly StateMap[],
  { unconflicted, conflicted }: Partition,
  variant: Variant,
): Set<EventId> {
  const subgraph = variant.addsConflictedSubgraph ? eventsOnPathsBetween(graph, conflicted) : [];
  return new Set([...conflicted, ...subgraph, ...authDifference(graph, states, unconflicted, variant)]);
}

function overlay(state: Map<StateKey, EventId>, over: StateMap, witness?: Witness): StateMap {
  for (const [key, eventId] of over) {
    if (witness !== undefined && state.get(key) !== eventId) witness({ step: "put-back", key, eventId });
    state.set(key, eventId);
  }
  return state;
}
