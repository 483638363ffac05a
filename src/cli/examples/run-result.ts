import { TEXT_LEGEND, textGraph } from "../../drawing/text-graph.js";
import { chargedWords } from "../../report/charged.js";
import { onOneLine } from "../../report/history-markdown.js";
import type { ExpectationResult, RunHistory, RunJson, RunScenario, RunState } from "../../report/run-json.js";
import { oneLine } from "../../report/sanitise.js";
import type { Requirements } from "../../requirements/catalogue.js";

/** Results told at once; more are counted. */
const TOLD = 5;

/** Results of a run by the id of an expectation, an instance, a scenario or a requirement: those that did not pass first. */
export function explainResults(run: RunJson, id: string, requirements: Requirements): string | undefined {
  const found = run.scenarios.flatMap((scenario) =>
    scenario.expectations.filter((result) => isMeant(scenario, result, id)).map((result) => ({ scenario, result })),
  );
  if (found.length === 0) return undefined;
  const failed = found.filter(({ result }) => result.verdict !== "pass");
  const told = (failed.length > 0 ? failed : found).slice(0, TOLD);
  const left = (failed.length > 0 ? failed.length : found.length) - told.length;
  const drawn = new Map(
    told
      .flatMap(({ scenario }) => scenario.histories ?? [])
      .map((one) => [JSON.stringify([one.drawing, one.states]), one]),
  );
  return [
    ...told.flatMap(({ scenario, result }) => resultLines(scenario, result, requirements)),
    ...(left > 0 ? [`… and ${left} more`, ""] : []),
    ...[...drawn.values()].flatMap(historyLines),
  ]
    .map(oneLine)
    .join("\n")
    .trimEnd();
}

function isMeant({ instance, scenario }: RunScenario, { id, requirement }: ExpectationResult, wanted: string): boolean {
  return [id, instance, scenario, requirement].includes(wanted);
}

function resultLines(scenario: RunScenario, result: ExpectationResult, requirements: Requirements): readonly string[] {
  const text = requirements.get(result.requirement)?.text ?? "";
  return [
    `${result.verdict.toUpperCase()} ${result.id}: ${scenario.title}`,
    `  Requirement: ${result.requirement} (${result.level.toUpperCase()}): ${text}`,
    `  Expected:    ${result.expected}`,
    `  Actual:      ${result.actual}`,
    `  Charged:     ${chargedWords(result)}`,
    `  Repeat:      ${scenario.repeat}`,
    "",
  ];
}

function historyLines({ room, roomVersion, seat, drawing, states }: RunHistory): readonly string[] {
  return [
    `What happened in room “${room}”, version ${roomVersion}, as ${seat} got it:`,
    "",
    ...textGraph(onOneLine(drawing)).map((line) => `  ${line}`),
    "",
    `  ${TEXT_LEGEND}`,
    "",
    ...states.flatMap((state, at) => stateLines(state, states.slice(0, at))),
  ];
}

function stateLines({ at, entries, others, decisions }: RunState, before: readonly RunState[]): readonly string[] {
  const head = at === undefined ? "The room's current state" : `The state before “${at}”`;
  const rows = entries.map(({ entry, right, given }) =>
    given === undefined ? `  ${entry}: ${right}` : `  ${entry}: ${right}; the server's answer: ${given}`,
  );
  const steps = decisions.map(({ text, rule = "", decides }, index) => {
    return `  ${String(index + 1).padStart(2)}. ${text} (${rule})${decides === true ? "  <- decides" : ""}`;
  });
  const same = steps.length > 0 && before.some((one) => JSON.stringify(one.decisions) === JSON.stringify(decisions));
  const reasons = same ? ["  decided as above"] : steps;
  return [`${head}:`, ...rows, ...(others > 0 ? [`  and ${others} more entries`] : []), ...reasons, ""];
}
