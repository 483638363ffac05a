import type { Judgement, OwedExpectation } from "../evidence/journal-entry.js";
import type { Level, Verdict } from "../evidence/verdict.js";
import type { Check, Finding } from "./define.js";
import { cut } from "./sentences.js";
import type { JudgeView } from "./view.js";

/** What became of the step whose expectation is judged, and of those before it. */
export interface StepOutcome {
  readonly outcome: "done" | "failed" | "skipped" | "error";
  readonly owedBy?: string;
  readonly reason?: string;
}

const BROKEN: Readonly<Record<Level, Verdict>> = { must: "fail", should: "warn", may: "not-applicable" };

/** The verdict on one expectation, from the evidence alone. A check that throws is the tester's fault: `error`. */
export function judgeExpectation(
  owed: OwedExpectation,
  check: Check | undefined,
  view: JudgeView,
  step: StepOutcome,
): Judgement {
  const notApplicable = view.instance.notApplicable ?? owed.notApplicable;
  if (notApplicable !== undefined) return judgement("not-applicable", "nothing", notApplicable);
  if (check === undefined)
    return judgement("error", `a check named ${owed.check}`, "this version of Concordat has none");
  if (step.outcome === "error") return judgement("error", "the step to be carried out", step.reason ?? "it was not");
  const precondition = step.outcome === "skipped" || (step.outcome === "failed" && !check.ofResponse);
  if (precondition) return judgement("inconclusive", "the steps before it to succeed", whyNot(step));
  const unseen = view.observations.find(
    ({ what, data }) => what === "could-not-observe" && data.expectation === owed.id,
  );
  if (unseen !== undefined) {
    const verdict = unseen.data.tester === true ? "error" : "inconclusive";
    const { owedBy, reason } = unseen.data;
    const actual = typeof owedBy === "string" ? `${owedBy}: ${reason}` : String(reason);
    return judgement(verdict, "the evidence to be gathered", actual);
  }
  try {
    const finding = check.judge(view, owed.arguments as never);
    const untold = finding.holds === "unknown" && step.outcome === "failed";
    const told = untold ? { ...finding, actual: `${finding.actual}; ${whyNot(step)}` } : finding;
    return fromFinding(unlessOurOwnDoing(told, view.standstillMs), owed.level);
  } catch (error) {
    return judgement("error", "the check to be computed", error instanceof Error ? error.message : String(error));
  }
}

function whyNot({ owedBy, reason }: StepOutcome): string {
  return owedBy === undefined ? (reason ?? "they did not") : `${owedBy}: ${reason ?? "they did not"}`;
}

/** A server that waited in vain for what Concordat plays itself may do anything but what was expected; none of it is its fault. */
function unlessOurOwnDoing(finding: Finding, standstillMs: number): Finding {
  if (finding.holds !== false || standstillMs === 0) return finding;
  const why = `Concordat itself could not work for ${(standstillMs / 1000).toFixed(1)} s meanwhile, which may be the cause`;
  return { ...finding, holds: "unknown", actual: `${finding.actual}; ${why}` };
}

function fromFinding(finding: Finding, level: Level): Judgement {
  const verdict = finding.holds === "unknown" ? "inconclusive" : finding.holds ? "pass" : BROKEN[level];
  return judgement(verdict, finding.expected, finding.actual, finding.exchanges);
}

function judgement(verdict: Verdict, expected: string, actual: string, exchanges: readonly string[] = []): Judgement {
  return { verdict, expected: cut(expected), actual: cut(actual), exchanges };
}
