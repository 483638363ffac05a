import { type Impact, VERDICTS, type Verdict } from "../evidence/verdict.js";
import type { ExpectationResult, RunJson } from "./run-json.js";

/**
 * Which verdict a group bears when its members differ. It names the group and replaces nothing: every group also carries the
 * counts of all eight, so no member is folded into another.
 *
 * - `error` first: a fault of Concordat puts the group's own evidence in doubt, and must not hide behind a finding.
 * - `fail` before `inconclusive`: one proven breach stands, whatever else could not be told.
 * - `inconclusive` before `review` before `warn`: what nobody can tell yet outweighs what a person can still settle, and both
 *   outweigh a recommendation not followed, for a group is called good only when nothing in it is open.
 * - `warn` before `pass`: a pass is said only where nothing was found.
 * - `pass` before `not-applicable` and `not-run`: these two say nothing of the server. They name a group only when it holds
 *   nothing else; a declared exemption is more than silence, so `not-applicable` goes before `not-run`.
 */
export const PRECEDENCE: readonly Verdict[] = [
  "error",
  "fail",
  "inconclusive",
  "review",
  "warn",
  "pass",
  "not-applicable",
  "not-run",
];

const IMPACTS: readonly Impact[] = ["blocks", "degrades", "unknown", "none"];

export type Counts = Readonly<Record<Verdict, number>>;

/** The verdict that names a group: the first of its members' by `PRECEDENCE`; `not-run` for an empty group. */
export function rollUp(verdicts: Iterable<Verdict>): Verdict {
  const present = new Set(verdicts);
  return PRECEDENCE.find((verdict) => present.has(verdict)) ?? "not-run";
}

/** How often each verdict occurs; all eight are always present. */
export function countVerdicts(verdicts: Iterable<Verdict>): Counts {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}

/** The gravest impact among results that did not pass; undefined when there is none. */
export function worstImpact(results: Iterable<Pick<ExpectationResult, "impact" | "verdict">>): Impact | undefined {
  const present = new Set<Impact>();
  for (const { impact, verdict } of results) if (verdict === "fail" || verdict === "warn") present.add(impact);
  return IMPACTS.find((impact) => present.has(impact));
}

/** True when two attempts of one instance disagree in any expectation, even where the scenario's own verdict is the same. */
export function isUnstable(attempts: readonly (readonly Pick<ExpectationResult, "id" | "verdict">[])[]): boolean {
  const seen = new Map<string, Verdict>();
  return attempts.flat().some(({ id, verdict }) => {
    const before = seen.get(id);
    seen.set(id, before ?? verdict);
    return before !== undefined && before !== verdict;
  });
}

/** The run's outcome from its scenarios and passive results. Passive results count among the expectations, not the scenarios. */
export function outcomeOf(
  scenarios: readonly { readonly verdict: Verdict; readonly expectations: readonly ExpectationResult[] }[],
  passive: readonly ExpectationResult[],
): RunJson["outcome"] {
  const expectations = [...scenarios.flatMap((scenario) => scenario.expectations), ...passive].map(
    (one) => one.verdict,
  );
  return {
    // A scenario may have failed to run before any expectation of it was owed, so its own verdict counts as well.
    verdict: rollUp([...expectations, ...scenarios.map((scenario) => scenario.verdict)]),
    counts: countVerdicts(expectations),
    scenarioCounts: countVerdicts(scenarios.map((scenario) => scenario.verdict)),
  };
}

export interface FailOn {
  readonly failOn: "fail" | "warn";
}

/**
 * The exit code a run earns: 0 nothing failed, 1 something failed (or warned, if so asked), 3 something could not be told.
 * A breach goes before a tester error here although not in `PRECEDENCE`: a pipeline must go red for the reason that its owner
 * can act on. An incomplete run and one in which nothing at all was judged are never 0.
 */
export function exitCode(run: Pick<RunJson, "outcome" | "run">, { failOn }: FailOn): 0 | 1 | 3 {
  const of = (verdict: Verdict) => run.outcome.counts[verdict] + run.outcome.scenarioCounts[verdict];
  if (of("fail") > 0 || (failOn === "warn" && of("warn") > 0)) return 1;
  const judged = of("pass") + of("warn") + of("review") > 0;
  return of("inconclusive") > 0 || of("error") > 0 || !run.run.complete || !judged ? 3 : 0;
}
