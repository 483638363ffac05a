import type { Impact, Verdict } from "../evidence/verdict.js";
import { ownVerdict } from "./own-verdict.js";
import { type Counts, countVerdicts, worstImpact } from "./roll-up.js";
import type { RunJson, RunTarget } from "./run-json.js";
import { placedResults, seatedFinder } from "./run-targets.js";
import { IMPACT_WORDS, plural } from "./words.js";

/** What may be said of a product, in the words of the report's first lines. */
export type Statement = "does" | "does not" | "could not be told" | "not tested";

export interface TargetOutcome {
  readonly target: RunTarget;
  readonly statement: Statement;
  /** The statement as a sentence about the product. */
  readonly sentence: string;
  /** The grounds for it, in counts. */
  readonly grounds: string;
  readonly counts: Counts;
  readonly impact?: Impact;
}

/** How counts become a statement: printed in every report, so that a reader can apply it again. */
export const DECISION_RULE =
  "A product does meet the requirements tested when no expectation charged to it failed and none was left open. " +
  "It does not when at least one failed; nothing makes up for a failure, and no repetition replaces one. " +
  "It could not be told when none failed but at least one is inconclusive, in error or awaits review, or the run was cut short. " +
  "Warnings are recommendations not followed and do not change the statement. " +
  "What was not applicable or not run counts neither for nor against, and is listed.";

/** The statement that the decision rule gives for some counts. */
export function statementOf(counts: Counts, complete: boolean): Statement {
  if (counts.fail > 0) return "does not";
  if (counts.inconclusive + counts.error + counts.review > 0) return "could not be told";
  if (counts.pass + counts.warn === 0) return "not tested";
  return complete ? "does" : "could not be told";
}

/** One outcome for each target, in the order of the run. */
export function targetOutcomes(run: RunJson): readonly TargetOutcome[] {
  const placed = placedResults(run);
  return run.targets.map((target) => {
    const charged = placed.filter((one) => one.target === target).map(({ result }) => result);
    const counts = countVerdicts([...charged.map(({ verdict }) => verdict), ...ownVerdicts(run, target)]);
    const statement = statementOf(counts, run.run.complete);
    const impact = worstImpact(charged);
    return {
      target,
      statement,
      sentence: sentenceOf(target, statement),
      grounds: groundsOf(counts, run.run.complete, impact),
      counts,
      ...(impact && { impact }),
    };
  });
}

/** What a scenario says beside its expectations concerns each target that sat in it. */
function ownVerdicts(run: RunJson, target: RunTarget): readonly Verdict[] {
  const targetIn = seatedFinder(run.targets);
  return run.scenarios
    .filter(({ seats }) => Object.values(seats).some((seated) => targetIn(seated) === target))
    .flatMap((scenario) => ownVerdict(scenario) ?? []);
}

/** `Synapse 1.120.0`: the product with the version it was observed to run, if it named one. */
export function productName(target: RunTarget): string {
  return target.observed.version === undefined ? target.product : `${target.product} ${target.observed.version}`;
}

function sentenceOf(target: RunTarget, statement: Statement): string {
  const name = productName(target);
  switch (statement) {
    case "does":
      return `${name} does meet the requirements that were tested.`;
    case "does not":
      return `${name} does not meet the requirements that were tested.`;
    case "could not be told":
      return `Whether ${name} meets the requirements could not be told.`;
    case "not tested":
      return `${name} was not tested.`;
  }
}

function groundsOf(counts: Counts, complete: boolean, impact: Impact | undefined): string {
  const judged = counts.pass + counts.fail + counts.warn + counts.inconclusive + counts.review + counts.error;
  const parts = [
    counts.fail > 0 && `${counts.fail} of ${plural(judged, "expectation")} failed`,
    counts.fail === 0 && judged > 0 && `none of ${plural(judged, "expectation")} failed`,
    impact !== undefined && `gravest effect: ${IMPACT_WORDS[impact]}`,
    counts.warn > 0 && `${plural(counts.warn, "recommendation")} not followed`,
    counts.inconclusive > 0 && `${counts.inconclusive} could not be told`,
    counts.review > 0 && `${counts.review} for a person to decide`,
    counts.error > 0 && `${plural(counts.error, "fault")} of Concordat itself`,
    counts["not-run"] > 0 && `${counts["not-run"]} not run`,
    counts["not-applicable"] > 0 && `${counts["not-applicable"]} not applicable`,
    !complete && "the run was cut short",
  ];
  return `${parts.filter((part) => part !== false).join("; ")}.`;
}
