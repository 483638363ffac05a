import type { Verdict } from "../evidence/verdict.js";
import { type Case, type Suite, suitesOf } from "./cases.js";
import type { RunJson } from "./run-json.js";
import { jsonText } from "./sanitise.js";

type CtrfStatus = "passed" | "failed" | "skipped" | "pending" | "other";

/** The verdict itself stays in `rawStatus`; `label` on a warning is its tag. */
const STATUS: Readonly<Record<Verdict, CtrfStatus>> = {
  pass: "passed",
  warn: "passed",
  fail: "failed",
  inconclusive: "other",
  review: "pending",
  "not-applicable": "skipped",
  "not-run": "skipped",
  error: "other",
};

/** Common Test Report Format, JSON. Durations are milliseconds; a case takes 0, for only scenarios are timed. */
export function renderCtrf(run: RunJson): string {
  const tests = suitesOf(run).flatMap((suite) => suite.cases.map((one) => testOf(one, suite)));
  const count = (status: CtrfStatus) => tests.filter((test) => test.status === status).length;
  const report = {
    reportFormat: "CTRF",
    specVersion: "0.0.0",
    results: {
      tool: { name: run.run.tool.name, version: run.run.tool.version },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        pending: count("pending"),
        skipped: count("skipped"),
        other: count("other"),
        start: Date.parse(run.run.startedAt),
        stop: Date.parse(run.run.endedAt),
      },
      tests,
      environment: { extra: { run: run.run.id, seed: run.run.seed, complete: run.run.complete } },
    },
  };
  return jsonText(report);
}

function testOf(one: Case, suite: Suite) {
  return {
    name: `${suite.name} › ${one.name}`,
    status: STATUS[one.verdict],
    rawStatus: one.verdict,
    duration: 0,
    suite: suite.name,
    ...(suite.file === undefined ? {} : { filePath: suite.file }),
    ...(suite.unstable ? { flaky: true } : {}),
    ...(one.verdict === "pass" ? {} : { message: one.message, trace: one.lines.join("\n") }),
    ...(one.result === undefined ? {} : { tags: tagsOf(one.result) }),
  };
}

function tagsOf({ requirement, level, verdict }: NonNullable<Case["result"]>): readonly string[] {
  return verdict === "warn" ? [requirement, level, "warn"] : [requirement, level];
}
