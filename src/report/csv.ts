import { gaps } from "./not-tested.js";
import { whyUnreached } from "./reach.js";
import type { RequirementLookup } from "./requirement-lookup.js";
import type { RunJson } from "./run-json.js";
import { targetNames } from "./run-targets.js";
import { csvField } from "./sanitise.js";

/**
 * The requirement matrix: one row for each requirement tested, a column for each target, then a row with the verdict
 * `not-tested` for each requirement of the catalogue that nothing touched. RFC 4180, lines end in CR LF.
 */
export function renderCsv(run: RunJson, catalogue: RequirementLookup): string {
  const names = targetNames(run);
  const tested = run.requirements.map((one) => [
    ...[one.id, one.level, one.text, one.url, one.verdict],
    ...names.map((name) => one.byTarget[name] ?? ""),
    String(one.expectations.length),
    ...["", ""],
  ]);
  const untested = gaps(run, catalogue).map((one) => [
    ...[one.id, one.level, one.text, one.url, "not-tested"],
    ...names.map(() => ""),
    ...["0", one.notTested?.code ?? "not-in-this-run", whyUnreached(one)],
  ]);
  const head = [
    "requirement",
    "level",
    "text",
    "specification",
    "verdict",
    ...names,
    "expectations",
    "kind of reason",
    "why not tested",
  ];
  return [head, ...tested, ...untested].map((row) => `${row.map(csvField).join(",")}\r\n`).join("");
}
