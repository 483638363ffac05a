import { VERDICTS } from "../evidence/verdict.js";
import { chargedWords } from "./charged.js";
import { type FindingGroup, findingGroups } from "./findings.js";
import { historyBlock } from "./history-markdown.js";
import { notTested } from "./not-tested.js";
import { DECISION_RULE, targetOutcomes } from "./outcome-words.js";
import { ownReason, ownVerdict } from "./own-verdict.js";
import { reachOf, type Unreached, whyUnreached } from "./reach.js";
import type { RequirementLookup } from "./requirement-lookup.js";
import type { RunJson } from "./run-json.js";
import { cutText, markdownCode, markdownText } from "./sanitise.js";
import { IMPACT_WORDS, LEVEL_WORDS, VERDICT_WORDS } from "./words.js";

const FINDINGS_SHOWN = 40;
/** Drawings of histories: more make a page slow. */
const HISTORIES_DRAWN = 10;

/** A summary for a job page or a pull request (GitHub flavour): outcome, counts, what was not tested, findings. */
export function renderMarkdown(run: RunJson, catalogue: RequirementLookup): string {
  const reach = reachOf(run, catalogue);
  const blocks = [
    "# Federation test: outcome",
    ...(run.run.complete ? [] : ["> **Incomplete.** The run was cut short; what is missing here was not tested."]),
    targetOutcomes(run)
      .map(({ sentence, grounds }) => `- **${markdownText(sentence)}** ${markdownText(grounds)}`)
      .join("\n"),
    ...(reach === undefined ? [] : [markdownText(reach.sentence)]),
    countsTable(run),
    ...notTestedBlock(run),
    ...(reach?.unreached ?? []).map(unreachedBlock),
    ...findingsBlock(findingGroups(run), run),
    `Decision rule: ${DECISION_RULE}`,
    `Run ${markdownCode(run.run.id)}, seed ${markdownCode(run.run.seed)}, Concordat ${markdownCode(run.run.tool.version)}.`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function countsTable({ outcome }: RunJson): string {
  const rows = VERDICTS.map((verdict) => {
    const { symbol, word } = VERDICT_WORDS[verdict];
    return `| ${symbol} ${word} | ${outcome.counts[verdict]} | ${outcome.scenarioCounts[verdict]} |`;
  });
  return ["| Verdict | Expectations | Scenarios |", "|---|---:|---:|", ...rows].join("\n");
}

function notTestedBlock(run: RunJson): readonly string[] {
  const groups = notTested(run);
  if (groups.length === 0) return [];
  const items = groups.map(({ verdict, reason, requirements, instances }) => {
    const names = [...requirements, ...(requirements.length > 0 ? [] : instances)].slice(0, 12).map(markdownCode);
    const left = Math.max(requirements.length, instances.length) - names.length;
    const more = left > 0 ? ` and ${left} more` : "";
    return `- ${VERDICT_WORDS[verdict].word}: ${markdownText(reason)} (${names.join(", ")}${more})`;
  });
  return ["## Not tested", items.join("\n")];
}

/** Folded, as there may be hundreds: each requirement without a verdict, and why. */
function unreachedBlock({ words, requirements }: Unreached): string {
  const items = requirements.map(
    (one) => `- ${markdownCode(one.id)} ${LEVEL_WORDS[one.level]}: ${markdownText(whyUnreached(one))}`,
  );
  return `<details><summary>${words}</summary>\n\n${items.join("\n")}\n\n</details>`;
}

function findingsBlock(groups: readonly FindingGroup[], run: RunJson): readonly string[] {
  const urls = new Map(run.requirements.map(({ id, url }) => [id, url]));
  const drawn = new Set(groups.filter(isFailing).slice(0, HISTORIES_DRAWN));
  const blocks = groups.flatMap((group) => [
    ...(group.scenario && ownVerdict(group.scenario) ? [barrenBlock(group.scenario)] : []),
    ...group.findings.map((finding, at) => {
      const histories = at === 0 && drawn.has(group) ? (group.scenario?.histories ?? []) : [];
      return [findingBlock(finding, urls.get(finding.result.requirement)), ...histories.map(historyBlock)].join("\n\n");
    }),
  ]);
  if (blocks.length === 0) return [];
  const left = blocks.length - FINDINGS_SHOWN;
  const more = left > 0 ? [`${left} more findings are in the full report.`] : [];
  return ["## Findings", ...blocks.slice(0, FINDINGS_SHOWN), ...more];
}

function isFailing({ scenario, findings }: FindingGroup): boolean {
  return scenario?.histories !== undefined && findings.some(({ result }) => result.verdict === "fail");
}

function barrenBlock(scenario: NonNullable<FindingGroup["scenario"]>): string {
  const { verdict, instance, repeat } = scenario;
  const title = `### ${VERDICT_WORDS[verdict].symbol} ${VERDICT_WORDS[verdict].word}: ${markdownCode(instance)}`;
  return `${title}\n\n- ${markdownText(ownReason(scenario))}\n- Repeat: ${markdownCode(repeat)}`;
}

function findingBlock({ result, scenario }: FindingGroup["findings"][number], url: string | undefined): string {
  const { symbol, word } = VERDICT_WORDS[result.verdict];
  const source = url === undefined || !/^https:\/\/[\w./#%~-]+$/u.test(url) ? "" : ` ([specification](${url}))`;
  const lines = [
    `- Requirement: ${markdownCode(result.requirement)} (${LEVEL_WORDS[result.level]})${source}`,
    `- Expected: ${markdownText(cutText(result.expected, 1000).text)}`,
    `- Actual: ${markdownText(cutText(result.actual, 1000).text)}`,
    `- Charged: ${chargedWords(result, markdownCode)}, ${IMPACT_WORDS[result.impact]}`,
    ...(scenario === undefined ? [] : [`- Repeat: ${markdownCode(scenario.repeat)}`]),
  ];
  const title = scenario === undefined ? "passive check" : markdownCode(scenario.instance);
  return `### ${symbol} ${word}: ${markdownCode(result.check)} in ${title}\n\n${lines.join("\n")}`;
}
