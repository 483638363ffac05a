import { createHash } from "node:crypto";
import { authorise } from "../../../matrix/auth-rules/authorise.js";
import type { EventId, Pdu } from "../../../matrix/pdu.js";
import { type StateKey, type StateMap, splitStateKey, stateKey } from "../../../matrix/state-map.js";
import type { AuthGraph } from "../../../matrix/state-resolution/auth-graph.js";
import { partition } from "../../../matrix/state-resolution/partition.js";
import { partitionOfDiffering } from "./sets.js";

/** What a faulty server does differently in rooms of version 1 (rooms/v1#state-resolution). */
export interface FirstVersionFault {
  readonly oneSidedConflicts?: boolean;
  readonly restFirst?: boolean;
  readonly checksFirst?: boolean;
  readonly goesOn?: boolean;
  readonly greatestHash?: boolean;
  readonly plainIds?: boolean;
  readonly shallowest?: boolean;
}

/** The fault of version 1's algorithm that is switched on, if any. */
export function firstVersionFault(has: (defect: string) => boolean): FirstVersionFault | undefined {
  if (has("v1-one-branch-alone-conflicts")) return { oneSidedConflicts: true };
  if (has("v1-power-levels-last")) return { restFirst: true };
  if (has("v1-checks-the-first-too")) return { checksFirst: true };
  if (has("v1-goes-on-after-a-refusal")) return { goesOn: true };
  if (has("v1-greatest-hash-wins")) return { greatestHash: true };
  if (has("v1-smallest-id-wins")) return { plainIds: true };
  return has("v1-shallowest-wins") ? { shallowest: true } : undefined;
}

const PASSES: readonly string[] = ["m.room.power_levels", "m.room.join_rules", "m.room.member"];

/** Resolves as room version 1 does, but for one fault. */
export function resolveFirstVersion(graph: AuthGraph, states: readonly StateMap[], fault: FirstVersionFault): StateMap {
  const { unconflicted, conflicted } = fault.oneSidedConflicts ? partition(states) : partitionOfDiffering(states);
  const resolved = new Map(unconflicted);
  const byKey = new Map<StateKey, EventId[]>();
  for (const id of conflicted) {
    const { type, state_key: key = "" } = graph.event(id).event;
    byKey.set(stateKey(type, key), [...(byKey.get(stateKey(type, key)) ?? []), id]);
  }
  const passOf = (key: StateKey) => PASSES.indexOf(splitStateKey(key)[0]);
  const turnOf = (key: StateKey) => (passOf(key) === -1 && fault.restFirst !== true ? PASSES.length : passOf(key));
  for (const turn of [-1, ...PASSES.keys(), PASSES.length]) {
    const keys = [...byKey].filter(([key]) => turnOf(key) === turn);
    const winners = keys.map(([key, ids]): [StateKey, EventId | undefined] => {
      const candidates = ranked(graph, ids, fault);
      const last = () => candidates.findLast((id) => allowed(graph, resolved, id));
      return [key, passOf(key) === -1 ? last() : contest(graph, resolved, key, candidates, fault)];
    });
    for (const [key, winner] of winners) if (winner !== undefined) resolved.set(key, winner);
  }
  return resolved;
}

function contest(
  graph: AuthGraph,
  resolved: StateMap,
  key: StateKey,
  candidates: readonly EventId[],
  fault: FirstVersionFault,
): EventId | undefined {
  let winner = fault.checksFirst === true ? undefined : candidates[0];
  for (const id of fault.checksFirst === true ? candidates : candidates.slice(1)) {
    const state = winner === undefined ? resolved : new Map(resolved).set(key, winner);
    if (allowed(graph, state, id)) winner = id;
    else if (fault.goesOn !== true && fault.checksFirst !== true) return winner;
  }
  return winner;
}

function ranked(graph: AuthGraph, ids: readonly EventId[], fault: FirstVersionFault): readonly EventId[] {
  const fingerprint = (id: EventId) => (fault.plainIds === true ? id : createHash("sha1").update(id).digest("hex"));
  const way = (wrong: boolean | undefined) => (wrong === true ? -1 : 1);
  return [...ids].sort((a, b) => {
    const deeper = graph.event(a).event.depth - graph.event(b).event.depth;
    if (deeper !== 0) return deeper * way(fault.shallowest);
    return (fingerprint(a) > fingerprint(b) ? -1 : 1) * way(fault.greatestHash);
  });
}

function allowed(graph: AuthGraph, state: StateMap, id: EventId): boolean {
  const lookup = (type: string, key: string): Pdu | undefined => {
    const held = state.get(stateKey(type, key));
    return held === undefined ? undefined : graph.event(held).event;
  };
  const options = { signedBy: () => true, eventId: (other: Pdu) => graph.idOf(other) };
  return authorise(graph.event(id).event, graph.rules, lookup, options).allowed;
}
