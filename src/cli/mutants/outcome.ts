import type { Verdict } from "../../evidence/verdict.js";
import type { Defect, SideEffect } from "../../homeserver/defects/defect.js";
import type { JudgedRequirement, RunVerdicts } from "../../report/assemble/verdicts.js";

/**
 * What became of a scenario under a defect: `caught` the requirement that the defect breaks is found broken; `red` only others are;
 * `green` all passed; `open` nothing can be told; `error` Concordat went wrong.
 */
export type Cell = "caught" | "red" | "green" | "open" | "error";

/** What a defect did to the scenarios that it was tried on. */
export interface MutantResult {
  readonly defect: string;
  readonly requirement: string;
  /** By id of scenario: one row of the matrix. */
  readonly cells: { readonly [scenario: string]: Cell };
  readonly named: readonly string[];
  /** Those of them that turned red for the requirement which the defect breaks. */
  readonly caughtBy: readonly string[];
  /** Scenarios in which the server asks about the defect, but which were left out. */
  readonly leftOut: number;
  /** What has to be mended, each a sentence; none when all is well. */
  readonly problems: readonly string[];
}

const RED: ReadonlySet<Verdict> = new Set(["fail", "warn"]);

/** The row of the matrix for scenarios that were played together; a passive finding of the requirement counts for all of them. */
export function cellsOf({ scenarios, passive }: RunVerdicts, requirement: string) {
  const isCaught = (results: readonly JudgedRequirement[]) =>
    results.some((result) => RED.has(result.verdict) && result.requirement === requirement);
  const noticed = isCaught(passive);
  const cells: Record<string, Cell> = {};
  for (const { scenario, expectations, verdict } of scenarios) {
    const verdicts = [verdict, ...expectations.map((one) => one.verdict)];
    const cell = noticed || isCaught(expectations) ? "caught" : plainCell(verdicts);
    cells[scenario] = worse(cells[scenario], cell);
  }
  return cells;
}

function plainCell(verdicts: readonly Verdict[]): Cell {
  if (verdicts.includes("error")) return "error";
  if (verdicts.some((verdict) => RED.has(verdict))) return "red";
  return verdicts.includes("inconclusive") || verdicts.includes("review") ? "open" : "green";
}

const GRAVITY: readonly Cell[] = ["green", "open", "red", "caught", "error"];

/** Of the instances of one scenario the one that says most. */
function worse(a: Cell | undefined, b: Cell): Cell {
  return a === undefined || GRAVITY.indexOf(b) > GRAVITY.indexOf(a) ? b : a;
}

/** What a defect was tried on. */
export interface Tried {
  /** By id of scenario. */
  readonly cells: { readonly [scenario: string]: Cell };
  /** Those that name the defect. */
  readonly named: readonly string[];
  /** Those about the area of the catalogue in which the defect breaks something: what else they find broken is kin to it. */
  readonly akin: ReadonlySet<string>;
  /** No scenario in which the server asks about the defect was left out. */
  readonly complete: boolean;
}

/** What is wrong with what the scenarios and the defect's own row claim. */
export function problemsOf(
  { name, requirement, alsoBreaks = [] }: Defect,
  { cells, named, akin, complete }: Tried,
): readonly string[] {
  if (named.length === 0) return [`no scenario names ${name} in its \`detects\``];
  const caught = named.filter((id) => cells[id] === "caught");
  const pale = named.filter((id) => cells[id] === "green" || cells[id] === "open");
  const others = Object.keys(cells).filter((id) => !named.includes(id));
  const stale = complete ? alsoBreaks.flatMap((effect) => staleOf(effect, cells)) : [];
  return [
    ...(caught.length > 0 ? [] : [`no scenario notices that ${name} breaks ${requirement}`]),
    ...pale.map((id) => `${id} names ${name} but does not turn red`),
    ...others.flatMap((id) => (cells[id] === "red" && akin.has(id) ? [] : unlisted(id, cells[id], alsoBreaks, name))),
    ...Object.keys(cells).flatMap((id) =>
      cells[id] === "error" ? [`${name} makes Concordat itself fail in ${id}`] : [],
    ),
    ...stale.map((id) => `${name} lists ${id} in \`alsoBreaks\`, which it does not break`),
  ];
}

function unlisted(id: string, cell: Cell | undefined, alsoBreaks: readonly SideEffect[], name: string): string[] {
  if (cell !== "caught" && cell !== "red") return [];
  if (alsoBreaks.some(({ scenarios }) => scenarios.some((pattern) => covers(pattern, id)))) return [];
  return cell === "caught"
    ? [`${id} turns red for what ${name} breaks, and does not name it in its \`detects\``]
    : [`${name} turns ${id} red, which is about other things: list it in \`alsoBreaks\``];
}

function staleOf({ scenarios }: SideEffect, cells: { readonly [scenario: string]: Cell }): string[] {
  const red = Object.keys(cells).filter((id) => cells[id] === "red" || cells[id] === "caught");
  return scenarios.filter((pattern) => !red.some((id) => covers(pattern, id)));
}

function covers(pattern: string, id: string): boolean {
  return pattern.endsWith("/*") ? id.startsWith(pattern.slice(0, -1)) : pattern === id;
}
