import { createHash } from "node:crypto";
import { authorise } from "../auth-rules/authorise.js";
import type { EventId, Pdu } from "../pdu.js";
import { type StateKey, type StateMap, splitStateKey, stateKey } from "../state-map.js";
import type { Because, Witness } from "./account.js";
import type { AuthGraph } from "./auth-graph.js";
import { allKeys, conflictsOf } from "./partition.js";
import type { Reading } from "./reading.js";

type Conflicts = ReadonlyMap<StateKey, readonly EventId[]>;

/** The passes in which a failing event ends the contest for its key, in their order. */
const PASSES: readonly string[] = ["m.room.power_levels", "m.room.join_rules", "m.room.member"];

/** State resolution of room version 1 (rooms/v1#state-resolution). Its weakness for forged depths is part of it. */
export function resolveV1(
  graph: AuthGraph,
  states: readonly StateMap[],
  _reading?: Reading,
  witness?: Witness,
): StateMap {
  const { agreed, conflicts } = separate(states);
  if (witness !== undefined) {
    const real = conflictsOf(states).filter(({ key }) => conflicts.has(key));
    for (const conflict of real) witness({ step: "conflict", ...conflict });
  }
  const resolved = new Map(agreed);
  for (const type of PASSES) resolvePass(graph, resolved, ofType(conflicts, type), witness);
  for (const [key, candidates] of conflicts) {
    if (PASSES.includes(splitStateKey(key)[0])) continue;
    const newestFirst = sorted(graph, candidates, witness).reverse();
    const winner = newestFirst.find((id) => isAllowed(graph, resolved, id, { witness }));
    if (winner !== undefined) resolved.set(key, winner);
  }
  return resolved;
}

/** Only differing events conflict: a key that some states lack is agreed upon by the others. */
function separate(states: readonly StateMap[]): { agreed: StateMap; conflicts: Conflicts } {
  const agreed = new Map<StateKey, EventId>();
  const conflicts = new Map<StateKey, EventId[]>();
  for (const key of [...allKeys(states)].sort()) {
    const candidates = [...new Set(states.map((state) => state.get(key)))].filter((id) => id !== undefined);
    const [only] = candidates;
    if (candidates.length === 1 && only !== undefined) agreed.set(key, only);
    else conflicts.set(key, candidates);
  }
  return { agreed, conflicts };
}

function ofType(conflicts: Conflicts, type: string): Conflicts {
  return new Map([...conflicts].filter(([key]) => splitStateKey(key)[0] === type));
}

/** The keys of one pass do not see each other's outcome, so the order in which they are taken does not matter. */
function resolvePass(
  graph: AuthGraph,
  resolved: Map<StateKey, EventId>,
  conflicts: Conflicts,
  witness: Witness | undefined,
): void {
  const winners = new Map<StateKey, EventId>();
  for (const [key, candidates] of conflicts) {
    const winner = contest({ graph, resolved, witness }, key, candidates);
    if (winner !== undefined) winners.set(key, winner);
  }
  for (const [key, id] of winners) resolved.set(key, id);
}

/** The first candidate enters unchecked, each next one if the state with its predecessor allows it; the first failure ends it. */
function contest(
  { graph, resolved, witness }: { graph: AuthGraph; resolved: StateMap; witness: Witness | undefined },
  key: StateKey,
  candidates: readonly EventId[],
): EventId | undefined {
  const [first, ...others] = sorted(graph, candidates, witness);
  if (first !== undefined) witness?.({ step: "unchecked", eventId: first });
  let winner = first;
  for (const id of others) {
    if (winner === undefined || !isAllowed(graph, resolved, id, { instead: { key, id: winner }, witness })) {
      return winner;
    }
    winner = id;
  }
  return winner;
}

/** Ascending depth, then descending SHA-1 of the event id. */
function sorted(graph: AuthGraph, candidates: readonly EventId[], witness: Witness | undefined): EventId[] {
  const entries = candidates.map((id) => ({ id, depth: graph.event(id).event.depth, sha1: sha1(id) }));
  entries.sort((a, b) => (a.depth === b.depth ? (a.sha1 > b.sha1 ? -1 : 1) : a.depth - b.depth));
  const because = (at: number): Because =>
    at === 0 ? "first" : entries[at - 1]?.depth === entries[at]?.depth ? "id" : "depth";
  witness?.({
    step: "order",
    by: "depth",
    events: entries.map(({ id }, at) => ({ eventId: id, because: because(at) })),
  });
  return entries.map((entry) => entry.id);
}

function isAllowed(
  graph: AuthGraph,
  state: StateMap,
  id: EventId,
  { instead, witness }: { instead?: { readonly key: StateKey; readonly id: EventId }; witness: Witness | undefined },
): boolean {
  const lookup = (type: string, key: string): Pdu | undefined => {
    const wanted = stateKey(type, key);
    const held = instead?.key === wanted ? instead.id : state.get(wanted);
    return held === undefined ? undefined : graph.event(held).event;
  };
  const options = { signedBy: () => true, eventId: (other: Pdu) => graph.idOf(other) };
  const verdict = authorise(graph.event(id).event, graph.rules, lookup, options);
  witness?.({ step: "check", eventId: id, verdict });
  return verdict.allowed;
}

function sha1(id: EventId): string {
  return createHash("sha1").update(id).digest("hex");
}
