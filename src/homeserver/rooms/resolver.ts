import type { AuthoriseOptions } from "../../matrix/auth-rules/authorise.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { StateMap } from "../../matrix/state-map.js";
import { AuthGraph } from "../../matrix/state-resolution/auth-graph.js";
import { resolveState } from "../../matrix/state-resolution/resolve.js";
import type { Core } from "../core.js";
import { faultyChoice } from "./faulty-resolution/choices.js";
import { faultySteps } from "./faulty-resolution/faults.js";
import { firstVersionFault, resolveFirstVersion } from "./faulty-resolution/first-version.js";
import { resolveBy } from "./faulty-resolution/steps.js";
import type { StoredRoom } from "./stored-room.js";

/** Signatures are checked when an event arrives, not again. */
export const SETTLED: AuthoriseOptions = { signedBy: () => true };

/** Makes one state of several (rooms#state-resolution). */
export type StateResolver = (room: StoredRoom, states: readonly StateMap[]) => StateMap;

/** The resolver of one server: the room version's algorithm, unless a fault replaces or spoils it. */
export function stateResolver(core: Core): StateResolver {
  const resolve = algorithm(core);
  const inPairs = core.has("resolves-branches-in-pairs");
  const counting = core.has("most-branches-win");
  return (room, states) => {
    const different = distinct(states);
    const [first, ...others] = different;
    if (first === undefined) return new Map();
    if (others.length === 0) return first;
    if (inPairs) return others.reduce((resolved, other) => resolve(room, [resolved, other]), first);
    return resolve(room, counting ? states : different);
  };
}

function algorithm(core: Core): StateResolver {
  const choice = faultyChoice(core.has);
  const steps = faultySteps(core.has);
  const inFirstVersion = firstVersionFault(core.has);
  const forAll = versionForAll(core);
  return (room, states) => {
    if (choice !== undefined) return choice(room, states);
    const rules = { ...room.rules, stateResolution: forAll ?? room.rules.stateResolution };
    const graph = new AuthGraph(rules, (id) => room.record(id));
    if (rules.stateResolution === "v1" && inFirstVersion) return resolveFirstVersion(graph, states, inFirstVersion);
    if (rules.stateResolution !== "v1" && steps) return resolveBy(steps, graph, states);
    return resolveState({ rules, states, event: (id) => room.record(id) });
  };
}

/** The algorithm that rooms of every version are wrongly given. */
function versionForAll(core: Core): RoomVersionRules["stateResolution"] | undefined {
  if (core.has("resolves-all-like-version-1")) return "v1";
  return core.has("resolves-all-like-version-2") ? "v2" : undefined;
}

function distinct(states: readonly StateMap[]): readonly StateMap[] {
  const kept: StateMap[] = [];
  for (const state of states) if (!kept.some((other) => same(other, state))) kept.push(state);
  return kept;
}

function same(one: StateMap, other: StateMap): boolean {
  if (one === other) return true;
  return one.size === other.size && [...one].every(([pair, id]) => other.get(pair) === id);
}
