import { type Case, type Suite, suitesOf } from "./cases.js";
import { countVerdicts } from "./roll-up.js";
import type { RunJson } from "./run-json.js";
import { oneLine, xml } from "./sanitise.js";

/**
 * JUnit XML, as CI systems read it. It knows four outcomes, so each case also names its own verdict:
 * fail is `failure`; inconclusive and error are `error`; review, not-applicable and not-run are `skipped`;
 * warn passes and says so in `system-out`.
 */
export function renderJunit(run: RunJson): string {
  const suites = suitesOf(run);
  const head = `<testsuites name="concordat" ${totals(suites.flatMap(({ cases }) => cases))} time="${seconds(elapsed(run))}">`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    head,
    ...suites.flatMap((suite) => suiteLines(suite, run)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteLines(suite: Suite, run: RunJson): readonly string[] {
  const file = suite.file === undefined ? "" : ` file="${xml(suite.file)}"`;
  const time = `time="${seconds(suite.durationMs)}" timestamp="${xml(run.run.startedAt)}"`;
  return [
    `  <testsuite name="${xml(suite.name)}"${file} ${totals(suite.cases)} ${time}>`,
    ...(suite.unstable ? ['    <properties><property name="unstable" value="true"/></properties>'] : []),
    ...suite.cases.flatMap((one) => caseLines(one, suite)),
    "  </testsuite>",
  ];
}

function caseLines(one: Case, suite: Suite): readonly string[] {
  const open = `    <testcase name="${xml(oneLine(one.name))}" classname="${xml(suite.name)}"`;
  const body = outcomeLines(one);
  return body.length === 0 ? [`${open}/>`] : [`${open}>`, ...body, "    </testcase>"];
}

function outcomeLines(one: Case): readonly string[] {
  const message = `message="${xml(oneLine(`${one.verdict}: ${one.message}`))}"`;
  const text = xml(one.lines.join("\n"));
  switch (one.verdict) {
    case "pass":
      return [];
    case "warn":
      return [`      <system-out>${xml(`warn: ${one.message}\n`)}${text}</system-out>`];
    case "fail":
      return [`      <failure type="fail" ${message}>${text}</failure>`];
    case "inconclusive":
    case "error":
      return [`      <error type="${one.verdict}" ${message}>${text}</error>`];
    case "review":
    case "not-applicable":
    case "not-run":
      return [`      <skipped ${message}/>`];
  }
}

function totals(cases: readonly Case[]): string {
  const counts = countVerdicts(cases.map(({ verdict }) => verdict));
  const skipped = counts.review + counts["not-applicable"] + counts["not-run"];
  return `tests="${cases.length}" failures="${counts.fail}" errors="${counts.inconclusive + counts.error}" skipped="${skipped}"`;
}

function elapsed(run: RunJson): number {
  return Date.parse(run.run.endedAt) - Date.parse(run.run.startedAt);
}

function seconds(milliseconds: number): string {
  return (Math.max(0, milliseconds) / 1000).toFixed(3);
}
