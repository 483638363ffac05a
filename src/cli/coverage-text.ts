import { NOT_TESTED_CODES, type NotTestedCode } from "../requirements/not-tested.js";
import type { CoverageFigures, Share, Tally } from "./coverage-figures.js";
import { table } from "./table.js";

const CODES = Object.keys(NOT_TESTED_CODES) as NotTestedCode[];

/** The figures for people: a table by area and by level, why things are untested, and the one figure that matters. */
export function coverageLines(figures: CoverageFigures): readonly string[] {
  const { byArea, byLevel, checkableMusts, total, covered, notTested, unexplained } = figures;
  const areas = Object.entries(byArea).map(([area, one]) => tallyRow(area, one, one.checkableMusts));
  const levels = Object.entries(byLevel).map(([level, one]) => tallyRow(level.toUpperCase(), one));
  const head = ["", "tested", ...CODES, "checkable MUSTs"];
  const reasons = CODES.map((code) => [`  ${notTested[code]}`, code, NOT_TESTED_CODES[code]]);
  const left = unexplained === 0 ? [] : [`  ${unexplained} say nothing of why: see lint`];
  return [
    ...table([head, ...areas, head.map(() => ""), ...levels, tallyRow("all", figures, checkableMusts)]),
    "",
    `${covered} of ${total} requirements are tested; the others are not because they`,
    ...table(reasons),
    ...left,
    "",
    `MUSTs that a black box can check: ${checkableMusts.covered} of ${checkableMusts.of} covered (${checkableMusts.percent} %)`,
  ];
}

function tallyRow(name: string, { covered, total, notTested }: Tally, share?: Share): string[] {
  return [
    name,
    `${covered}/${total}`,
    ...CODES.map((code) => (notTested[code] === 0 ? "·" : String(notTested[code]))),
    share === undefined ? "" : `${share.covered}/${share.of} (${share.percent} %)`,
  ];
}
