import { VERDICTS } from "../evidence/verdict.js";
import { chargedWords } from "./charged.js";
import { type FindingGroup, findingGroups } from "./findings.js";
import { notTested } from "./not-tested.js";
import { targetOutcomes } from "./outcome-words.js";
import { ownReason, ownVerdict } from "./own-verdict.js";
import type { RunJson } from "./run-json.js";
import { cutText, oneLine } from "./sanitise.js";
import { IMPACT_WORDS, LEVEL_WORDS, plural, VERDICT_WORDS } from "./words.js";

const FINDINGS_SHOWN = 25;

/** Plain lines for the end of a run in a terminal or a CI log: no colour, no control characters. */
export function renderText(run: RunJson): string {
  const lines = [
    ...(run.run.complete ? [] : ["INCOMPLETE: the run was cut short; what is missing was not tested.", ""]),
    ...findingLines(findingGroups(run)),
    ...notTested(run).map(notTestedLine),
    countsLine("Expectations", run.outcome.counts),
    countsLine("Scenarios   ", run.outcome.scenarioCounts),
    ...targetOutcomes(run).flatMap(({ sentence, grounds }) => [`=> ${sentence}`, `   ${grounds}`]),
    `Run ${run.run.id}, seed ${run.run.seed}`,
  ];
  return `${lines.map(plainLine).join("\n")}\n`;
}

/** Cleans one line, keeping its indentation. */
function plainLine(line: string): string {
  return oneLine(cutText(line, 600).text);
}

function findingLines(groups: readonly FindingGroup[]): readonly string[] {
  const all = groups.flatMap((group) => [
    ...(group.scenario && ownVerdict(group.scenario) ? [barrenLines(group.scenario)] : []),
    ...group.findings.map((finding) => linesOf(finding)),
  ]);
  const left = all.length - FINDINGS_SHOWN;
  return [...all.slice(0, FINDINGS_SHOWN).flat(), ...(left > 0 ? [`… and ${left} more in report.html`, ""] : [])];
}

function barrenLines(scenario: NonNullable<FindingGroup["scenario"]>): readonly string[] {
  const { verdict, instance, repeat } = scenario;
  return [`${badge(verdict)} ${instance}`, `    ${ownReason(scenario)}`, `    Repeat:      ${repeat}`, ""];
}

function linesOf({ result, scenario }: FindingGroup["findings"][number]): readonly string[] {
  const place = [scenario?.instance ?? "passive", result.step].filter((part) => part !== undefined).join(" › ");
  const retried = scenario !== undefined && scenario.attempt > 1 ? ` (attempt ${scenario.attempt})` : "";
  return [
    `${badge(result.verdict)} ${place} › ${result.check}${retried}`,
    `    Requirement: ${result.requirement} (${LEVEL_WORDS[result.level]}), ${IMPACT_WORDS[result.impact]}`,
    `    Expected:    ${result.expected}`,
    `    Actual:      ${result.actual}`,
    `    Charged:     ${chargedWords(result)}`,
    ...repeatLines(result.repeat ?? scenario?.repeat),
    "",
  ];
}

function repeatLines(command: string | undefined): readonly string[] {
  return command === undefined ? [] : [`    Repeat:      ${command}`];
}

function badge(verdict: keyof typeof VERDICT_WORDS): string {
  const { symbol, word } = VERDICT_WORDS[verdict];
  return `${symbol} ${word.toUpperCase()}`;
}

function notTestedLine({ verdict, reason, requirements, instances }: ReturnType<typeof notTested>[number]): string {
  const size = [
    requirements.length > 0 && plural(requirements.length, "requirement"),
    instances.length > 0 && plural(instances.length, "scenario instance"),
  ];
  return `${badge(verdict)} ${size.filter((part) => part !== false).join(", ")}: ${reason}`;
}

function countsLine(name: string, counts: RunJson["outcome"]["counts"]): string {
  return `${name}  ${VERDICTS.map((verdict) => `${counts[verdict]} ${VERDICT_WORDS[verdict].word}`).join(" · ")}`;
}
