import { type FindingGroup, findingGroups, resultAnchor, scenarioAnchor } from "../findings.js";
import { type NotTested, notTested } from "../not-tested.js";
import { type TargetOutcome, targetOutcomes } from "../outcome-words.js";
import { type PairRow, pairMatrix } from "../pair-matrix.js";
import { type Reach, reachOf } from "../reach.js";
import type { RequirementLookup, RequirementText } from "../requirement-lookup.js";
import type { RunExchange, RunJson, RunRequirement, RunScenario } from "../run-json.js";
import { type Placed, placedResults } from "../run-targets.js";

/** What the page shows, computed once; the components only arrange it. */
export interface View {
  readonly run: RunJson;
  readonly outcomes: readonly TargetOutcome[];
  readonly groups: readonly FindingGroup[];
  readonly notTested: readonly NotTested[];
  readonly reach: Reach | undefined;
  readonly pairs: readonly PairRow[];
  readonly requirements: ReadonlyMap<string, RequirementText | RunRequirement>;
  readonly placed: readonly Placed[];
  /** Where the findings of a scenario attempt stand, if it has any. */
  readonly findingsOf: ReadonlyMap<RunScenario, string>;
  readonly shown: ReadonlyMap<string, ShownExchange>;
  /** Scenarios without findings whose histories are drawn: the first instance of each. */
  readonly drawn: ReadonlySet<RunScenario>;
}

/** An exchange is shown once, at the first finding that cites it. */
export interface ShownExchange {
  readonly exchange: RunExchange;
  /** Anchor of that finding. */
  readonly home: string;
  readonly withBodies: boolean;
}

/** Characters of bodies in one page: past this a browser becomes slow, and the evidence folder is the better place. */
const BODY_BUDGET = 3_000_000;
/** Characters shown of one body. */
export const BODY_LIMIT = 12_000;

export function viewOf(run: RunJson, catalogue: RequirementLookup): View {
  const groups = findingGroups(run);
  return {
    run,
    groups,
    outcomes: targetOutcomes(run),
    notTested: notTested(run),
    reach: reachOf(run, catalogue),
    pairs: run.targets.length > 1 ? pairMatrix(run) : [],
    requirements: new Map([...catalogue, ...run.requirements.map((one) => [one.id, one] as const)]),
    placed: placedResults(run),
    findingsOf: new Map(groups.flatMap(({ scenario, anchor }) => (scenario ? [[scenario, anchor] as const] : []))),
    shown: shownExchanges(run, groups),
    drawn: new Set(firstOfEach(run.scenarios.filter(({ histories }) => histories !== undefined))),
  };
}

function firstOfEach(scenarios: readonly RunScenario[]): readonly RunScenario[] {
  const firsts = new Map<string, RunScenario>();
  for (const one of scenarios) if (!firsts.has(one.scenario)) firsts.set(one.scenario, one);
  return [...firsts.values()];
}

function shownExchanges(run: RunJson, groups: readonly FindingGroup[]): ReadonlyMap<string, ShownExchange> {
  const shown = new Map<string, ShownExchange>();
  let left = BODY_BUDGET;
  for (const { result, anchor } of groups.flatMap(({ findings }) => findings)) {
    for (const id of result.exchanges) {
      const exchange = Object.hasOwn(run.exchanges, id) ? run.exchanges[id] : undefined;
      if (exchange === undefined || shown.has(id)) continue;
      const size = sizeOf(exchange.requestBody.text) + sizeOf(exchange.responseBody?.text ?? "");
      shown.set(id, { exchange, home: anchor, withBodies: size <= left });
      left -= Math.min(size, left);
    }
  }
  return shown;
}

function sizeOf(text: string): number {
  return Math.min(text.length, BODY_LIMIT);
}

/** The address within the page where a result stands: among the findings, or in its scenario. */
export function hrefOf(placed: Placed): string {
  return `#${resultAnchor(placed)}`;
}

/** The address within the page of a scenario attempt. */
export function scenarioHref(scenario: RunScenario): string {
  return `#${scenarioAnchor(scenario)}`;
}
