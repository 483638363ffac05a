import type { ExpectationResult, RunJson, RunScenario, RunTarget } from "./run-json.js";

/** Finds the target that a result is charged to; undefined when a peer was charged. */
export type TargetOf = (result: ExpectationResult, scenario?: RunScenario) => RunTarget | undefined;

/** By the seating of the scenario where there is one, else by the server name. */
export function targetFinder(targets: readonly RunTarget[]): TargetOf {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const byServer = new Map(targets.flatMap((target) => target.serverNames.map((name) => [name, target] as const)));
  return (result, scenario) => {
    const seated = scenario?.seats[result.of]?.target;
    return (seated === undefined ? undefined : byName.get(seated)) ?? byServer.get(result.server);
  };
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
