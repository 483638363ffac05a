import type { Verdict } from "../evidence/verdict.js";
import { chargedWords } from "./charged.js";
import { groupBy } from "./group-by.js";
import { ownReason, ownVerdict } from "./own-verdict.js";
import type { ExpectationResult, RunJson, RunScenario } from "./run-json.js";
import { placedResults } from "./run-targets.js";
import { IMPACT_WORDS, LEVEL_WORDS } from "./words.js";

/** A run flattened to what test-result formats know: suites of named cases. */
export interface Case {
  readonly name: string;
  readonly verdict: Verdict;
  /** The case in one line: what was there. */
  readonly message: string;
  /** Requirement, Expected, Actual and how to repeat it, one to a line. */
  readonly lines: readonly string[];
  readonly result?: ExpectationResult;
}

export interface Suite {
  readonly name: string;
  readonly file?: string;
  readonly durationMs: number;
  readonly unstable: boolean;
  readonly cases: readonly Case[];
}

/** One suite for each scenario attempt, one for the passive checks, and one that is red when the run was cut short. */
export function suitesOf(run: RunJson): readonly Suite[] {
  const texts = new Map(run.requirements.map(({ id, text }) => [id, text]));
  const placed = placedResults(run);
  const byScenario = groupBy(placed, ({ scenario }) => scenario);
  const caseFor = ({ result, scenario }: (typeof placed)[number]) =>
    caseOf(result, texts.get(result.requirement), scenario);
  const scenarios = run.scenarios.map((scenario) => ({
    name: scenario.attempt === 1 ? scenario.instance : `${scenario.instance} (attempt ${scenario.attempt})`,
    file: scenario.file,
    durationMs: scenario.durationMs,
    unstable: scenario.unstable,
    cases: [
      ...(ownVerdict(scenario) === undefined ? [] : [ownCase(scenario)]),
      ...(byScenario.get(scenario) ?? []).map(caseFor),
    ],
  }));
  const passive = byScenario.get(undefined)?.map(caseFor) ?? [];
  return [
    ...scenarios,
    ...(passive.length > 0 ? [{ name: "passive checks", durationMs: 0, unstable: false, cases: passive }] : []),
    ...(run.run.complete ? [] : [cutShort()]),
  ];
}

function caseOf(result: ExpectationResult, text: string | undefined, scenario?: RunScenario): Case {
  const place = result.step === undefined ? "" : `${result.step}: `;
  return {
    name: `${place}${result.check} [${result.requirement}] ${result.of}`,
    verdict: result.verdict,
    message: result.actual,
    result,
    lines: [
      `Requirement: ${result.requirement} (${LEVEL_WORDS[result.level]})${text === undefined ? "" : ` ${text}`}`,
      `Expected: ${result.expected}`,
      `Actual: ${result.actual}`,
      `Charged: ${chargedWords(result)}; ${IMPACT_WORDS[result.impact]}`,
      ...(result.exchanges.length > 0 ? [`Exchanges: ${result.exchanges.join(", ")}`] : []),
      ...(scenario === undefined ? [] : [`Repeat: ${scenario.repeat}`]),
    ],
  };
}

/** What a scenario says beside its expectations must show up as a case too. */
function ownCase(scenario: RunScenario): Case {
  const message = ownReason(scenario);
  return { name: scenario.title, verdict: scenario.verdict, message, lines: [message, `Repeat: ${scenario.repeat}`] };
}

function cutShort(): Suite {
  const message = "The run was cut short: what is missing here was not tested.";
  const only: Case = { name: "the run is complete", verdict: "error", message, lines: [message] };
  return { name: "concordat", durationMs: 0, unstable: false, cases: [only] };
}
