import type { EventId, Pdu } from "../../../matrix/pdu.js";
import type { StateKey, StateMap } from "../../../matrix/state-map.js";
import type { AuthGraph } from "../../../matrix/state-resolution/auth-graph.js";
import { allKeys, type Partition } from "../../../matrix/state-resolution/partition.js";
import { citations } from "../../../matrix/state-resolution/paths.js";
import { isPowerEvent } from "../../../matrix/state-resolution/power-events.js";

/** As room version 1 has it: what only some states hold is agreed upon by the others. */
export function partitionOfDiffering(states: readonly StateMap[]): Partition {
  const unconflicted = new Map<StateKey, EventId>();
  const conflicted = new Set<EventId>();
  for (const key of allKeys(states)) {
    const values = new Set(states.flatMap((state) => state.get(key) ?? []));
    const [only] = values;
    if (values.size === 1 && only !== undefined) unconflicted.set(key, only);
    else for (const value of values) conflicted.add(value);
  }
  return { unconflicted, conflicted };
}

/** The events that rest in the auth chain of one state alone. */
export function chainedOnce(graph: AuthGraph, states: readonly StateMap[]): readonly EventId[] {
  const times = new Map<EventId, number>();
  for (const state of states) for (const id of graph.authChain(state.values())) times.set(id, (times.get(id) ?? 0) + 1);
  return [...times].flatMap(([id, count]) => (count === 1 ? [id] : []));
}

/** The conflicted events and those on paths between them that lead through power levels alone. */
export function pathsThroughPowerLevels(graph: AuthGraph, ends: ReadonlySet<EventId>): Set<EventId> {
  const passable = [...graph.authChain(ends)].filter((id) => graph.event(id).event.type === "m.room.power_levels");
  const citedBy = citations(graph, new Set([...ends, ...passable]));
  const reached = new Set(ends);
  for (const id of reached) for (const citing of citedBy.get(id) ?? []) reached.add(citing);
  return reached;
}

/** The power events, as a faulty server knows them, and what of their auth chains is disputed too. */
export function powerSetOf(
  graph: AuthGraph,
  disputed: ReadonlySet<EventId>,
  isPower: (event: Pdu) => boolean,
): Set<EventId> {
  const power = [...disputed].filter((id) => isPower(graph.event(id).event));
  return new Set([...power, ...[...graph.authChain(power)].filter((id) => disputed.has(id))]);
}

const membershipOf = (event: Pdu) => (event.type === "m.room.member" ? event.content.membership : undefined);

/** Kinds of events that are wrongly no power events, or wrongly are. */
export const exceptJoinRules = (event: Pdu) => isPowerEvent(event) && event.type !== "m.room.join_rules";
export const exceptKicks = (event: Pdu) => isPowerEvent(event) && membershipOf(event) !== "leave";
export const exceptBans = (event: Pdu) => isPowerEvent(event) && membershipOf(event) !== "ban";
export const withLeaving = (event: Pdu) => isPowerEvent(event) || membershipOf(event) === "leave";
export const withJoining = (event: Pdu) => isPowerEvent(event) || membershipOf(event) === "join";
