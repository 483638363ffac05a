import type { Seated } from "../evidence/journal-entry.js";
import type { ExpectationResult, RunJson, RunScenario, RunTarget } from "./run-json.js";

/** Finds the target that a result is charged to; undefined when a peer was charged. */
export type TargetOf = (result: ExpectationResult, scenario?: RunScenario) => RunTarget | undefined;

/**
 * By the server name, which is never given twice in a run; by the seating where that is not known. One product may stand in the
 * run several times under one name, once for each preset, so the name alone does not tell.
 */
export function targetFinder(targets: readonly RunTarget[]): TargetOf {
  const seatedTarget = seatedFinder(targets);
  return (result, scenario) => {
    const seated = scenario?.seats[result.of] ?? { kind: "peer", serverName: result.server };
    return seatedTarget(seated) ?? seatedTarget({ kind: "peer", serverName: result.server });
  };
}

/** Finds the target that sits in a seat; undefined for peers. */
export function seatedFinder(targets: readonly RunTarget[]): (seated: Seated) => RunTarget | undefined {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const byServer = new Map(targets.flatMap((target) => target.serverNames.map((name) => [name, target] as const)));
  return ({ serverName, target }) =>
    byServer.get(serverName) ?? (target === undefined ? undefined : byName.get(target));
}

/** The names of targets, each once, in the order of the run. */
export function targetNames(run: RunJson): readonly string[] {
  return [...new Set(run.targets.map(({ name }) => name))];
}

/** One expectation in its place: which scenario attempt asked, and which target answers for it. */
export interface Placed {
  readonly result: ExpectationResult;
  readonly scenario?: RunScenario;
  readonly target?: RunTarget;
}

/** Every expectation of the run, those of the scenarios first, then the passive ones. */
export function placedResults(run: RunJson): readonly Placed[] {
  const targetOf = targetFinder(run.targets);
  const place = (result: ExpectationResult, scenario?: RunScenario): Placed => {
    const target = targetOf(result, scenario);
    return { result, ...(scenario && { scenario }), ...(target && { target }) };
  };
  const owed = run.scenarios.flatMap((scenario) => scenario.expectations.map((result) => place(result, scenario)));
  return [...owed, ...run.passive.map((result) => place(result))];
}
