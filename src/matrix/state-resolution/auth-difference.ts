import type { EventId } from "../pdu.js";
import type { StateMap } from "../state-map.js";
import type { AuthGraph } from "./auth-graph.js";
import type { Reading } from "./reading.js";

/**
 * The events that are in some state's full auth chain but not in every one's (rooms/v2#definitions).
 * What the unconflicted entries reach is in every chain, so only the conflicted entries are walked, each state's down to there.
 */
export function authDifference(
  graph: AuthGraph,
  states: readonly StateMap[],
  unconflicted: StateMap,
  { chainsHoldState = false }: Reading = {},
): Set<EventId> {
  const chainOf = (ids: readonly EventId[], known?: ReadonlySet<EventId>) => {
    const chain = graph.authChain(ids, known);
    return chainsHoldState ? new Set([...chain, ...ids]) : chain;
  };
  const common = chainOf([...unconflicted.values()]);
  const unconflictedIds = new Set(unconflicted.values());
  const timesSeen = new Map<EventId, number>();
  for (const state of states) {
    const own = [...state.values()].filter((id) => !unconflictedIds.has(id));
    for (const id of chainOf(own, common)) timesSeen.set(id, (timesSeen.get(id) ?? 0) + 1);
  }
  const difference = new Set<EventId>();
  for (const [id, times] of timesSeen) {
    if (times < states.length) difference.add(id);
  }
  return difference;
}
