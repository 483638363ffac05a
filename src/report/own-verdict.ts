import type { Verdict } from "../evidence/verdict.js";
import type { RunScenario } from "./run-json.js";

/**
 * The verdict of a scenario where no expectation of it bears the same: it came to nothing before it owed anything, or what
 * happened around it gave it that verdict. Undefined where the expectations tell it all.
 */
export function ownVerdict({ verdict, expectations }: RunScenario): Verdict | undefined {
  return expectations.some((one) => one.verdict === verdict) ? undefined : verdict;
}

/** Why a scenario has a verdict of its own. */
export function ownReason({ reason, expectations }: RunScenario): string {
  if (reason !== undefined) return reason;
  return expectations.length === 0
    ? "No reason was recorded."
    : "It is not for any one expectation: what else happened in this scenario gave rise to it.";
}
