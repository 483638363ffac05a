import type { Verdict } from "../evidence/verdict.js";
import { groupBy } from "./group-by.js";
import { ownReason, ownVerdict } from "./own-verdict.js";
import type { RequirementLookup, RequirementText } from "./requirement-lookup.js";
import type { RunJson } from "./run-json.js";
import { placedResults } from "./run-targets.js";

/** Things that say nothing of a server for one and the same reason. */
export interface NotTested {
  readonly verdict: Extract<Verdict, "not-applicable" | "not-run">;
  readonly reason: string;
  /** Ids of requirements, in order, each once. */
  readonly requirements: readonly string[];
  /** Ids of scenario instances, each once. */
  readonly instances: readonly string[];
}

/** What was planned and not tested, by reason; what was not run goes before what does not apply. */
export function notTested(run: RunJson): readonly NotTested[] {
  const rows = [...untestedResults(run), ...untestedScenarios(run)];
  const byReason = groupBy(rows, ({ verdict, reason }) => `${verdict} ${reason}`);
  const groups = [...byReason.values()].flatMap(([first, ...others]) => (first ? [groupOf(first, others)] : []));
  return groups.sort((a, b) => (a.verdict === b.verdict ? 0 : a.verdict === "not-run" ? -1 : 1));
}

function groupOf(first: Row, others: readonly Row[]): NotTested {
  return {
    verdict: first.verdict,
    reason: first.reason,
    requirements: unique([first, ...others].map(({ requirement }) => requirement)).sort(),
    instances: unique([first, ...others].map(({ instance }) => instance)),
  };
}

/** Requirements of the catalogue that nothing in this run has touched, in order of id. */
export function gaps(run: RunJson, catalogue: RequirementLookup): readonly RequirementText[] {
  const touched = new Set(run.requirements.map(({ id }) => id));
  return [...catalogue.values()].filter(({ id }) => !touched.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Row {
  readonly verdict: NotTested["verdict"];
  readonly reason: string;
  readonly requirement?: string;
  readonly instance?: string;
}

function untestedResults(run: RunJson): readonly Row[] {
  return placedResults(run).flatMap(({ result, scenario }) => {
    const { verdict, requirement, actual } = result;
    if (verdict !== "not-run" && verdict !== "not-applicable") return [];
    return [{ verdict, reason: actual, requirement, ...(scenario && { instance: scenario.instance }) }];
  });
}

function untestedScenarios(run: RunJson): readonly Row[] {
  return run.scenarios.flatMap((scenario) => {
    const verdict = ownVerdict(scenario);
    if (verdict !== "not-run" && verdict !== "not-applicable") return [];
    return [{ verdict, reason: ownReason(scenario), instance: scenario.instance }];
  });
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
