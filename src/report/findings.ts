import type { Verdict } from "../evidence/verdict.js";
import { anchor } from "./anchors.js";
import { ownVerdict } from "./own-verdict.js";
import type { RunJson, RunScenario } from "./run-json.js";
import { type Placed, placedResults } from "./run-targets.js";

/** A result that somebody must read: anything but a pass, and not merely untested. */
export interface Finding extends Placed {
  readonly anchor: string;
}

/** The findings of one scenario attempt together; those of the passive checks have no scenario. */
export interface FindingGroup {
  readonly anchor: string;
  readonly scenario?: RunScenario;
  /** Empty when only the scenario itself has something to say. */
  readonly findings: readonly Finding[];
}

/** What the reader should see first. */
const ORDER: readonly Verdict[] = ["fail", "error", "inconclusive", "review", "warn"];

/** Failures first, by impact; then errors, what could not be told, what awaits review, warnings. */
export function findingGroups(run: RunJson): readonly FindingGroup[] {
  const byPlace = new Map<RunScenario | undefined, Finding[]>();
  for (const scenario of run.scenarios) {
    const own = ownVerdict(scenario);
    if (own !== undefined && ORDER.includes(own)) byPlace.set(scenario, []);
  }
  for (const placed of placedResults(run)) {
    if (!ORDER.includes(placed.result.verdict)) continue;
    const list = byPlace.get(placed.scenario) ?? [];
    list.push({ ...placed, anchor: resultAnchor(placed) });
    byPlace.set(placed.scenario, list);
  }
  const groups = [...byPlace].map(([scenario, findings]) => groupOf(scenario, findings));
  return groups.sort((a, b) => rankOfGroup(a) - rankOfGroup(b));
}

/** The place of a result in a report, by its expectation and attempt. */
export function resultAnchor({ result, scenario }: Placed): string {
  return scenario === undefined
    ? anchor("passive", result.id)
    : anchor("expectation", result.id, `attempt-${scenario.attempt}`);
}

/** The place of a scenario attempt in a report. */
export function scenarioAnchor(scenario: RunScenario): string {
  return anchor("scenario", scenario.instance, `attempt-${scenario.attempt}`);
}

function groupOf(scenario: RunScenario | undefined, findings: readonly Finding[]): FindingGroup {
  const sorted = [...findings].sort((a, b) => rank(a.result) - rank(b.result));
  if (scenario === undefined) return { anchor: "findings-passive", findings: sorted };
  return { anchor: `findings-${scenarioAnchor(scenario)}`, scenario, findings: sorted };
}

function rank({ verdict, impact }: { readonly verdict: Verdict; readonly impact: string }): number {
  const weight = ["blocks", "degrades", "unknown", "none"].indexOf(impact);
  return (ORDER.includes(verdict) ? ORDER.indexOf(verdict) : ORDER.length) * 10 + weight;
}

function rankOfGroup({ scenario, findings }: FindingGroup): number {
  const own = scenario === undefined ? undefined : ownVerdict(scenario);
  const ranks = findings.map(({ result }) => rank(result));
  return Math.min(...ranks, ...(own === undefined ? [] : [rank({ verdict: own, impact: "unknown" })]));
}
