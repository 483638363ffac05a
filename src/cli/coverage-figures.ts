import { isCheckable, NOT_TESTED_CODES, type NotTestedCode } from "../requirements/not-tested.js";
import type { Requirement } from "../requirements/requirement.js";
import { type Coverage, isCovered } from "./coverage.js";

/** A requirement beside what tests it. */
export type CoveredRequirement = Omit<Requirement, "place" | "reasonPlace"> & Coverage;

/** How many requirements of a set are tested, and why the others are not. */
export interface Tally {
  readonly total: number;
  readonly covered: number;
  readonly notTested: Readonly<Record<NotTestedCode, number>>;
  /** Neither tested nor with a reason: `lint` fails on them. */
  readonly unexplained: number;
}

/** How much of what could be tested is. */
export interface Share {
  readonly covered: number;
  readonly of: number;
  /** In hundredths, rounded down. */
  readonly percent: number;
}

export interface CoverageFigures extends Tally {
  readonly byLevel: Readonly<Record<Requirement["level"], Tally>>;
  /** By the name of the area, in the order of the catalogue. */
  readonly byArea: { readonly [area: string]: Tally & { readonly checkableMusts: Share } };
  /** The duties (`must`) that a tester outside the server can check, on servers that there are. */
  readonly checkableMusts: Share;
}

/** The figures of a set of requirements: all, by level, by area. */
export function coverageFigures(requirements: readonly CoveredRequirement[]): CoverageFigures {
  const ofLevel = (level: Requirement["level"]) => tally(requirements.filter((one) => one.level === level));
  const areas = [...new Set(requirements.map(({ area }) => area))];
  return {
    ...tally(requirements),
    byLevel: { must: ofLevel("must"), should: ofLevel("should"), may: ofLevel("may") },
    byArea: Object.fromEntries(
      areas.map((area) => {
        const inArea = requirements.filter((one) => one.area === area);
        return [area, { ...tally(inArea), checkableMusts: checkableMusts(inArea) }];
      }),
    ),
    checkableMusts: checkableMusts(requirements),
  };
}

function tally(requirements: readonly CoveredRequirement[]): Tally {
  const open = requirements.filter((one) => !isCovered(one));
  const codes = Object.keys(NOT_TESTED_CODES) as NotTestedCode[];
  const of = (code: NotTestedCode) => open.filter(({ notTested }) => notTested?.code === code).length;
  return {
    total: requirements.length,
    covered: requirements.length - open.length,
    notTested: Object.fromEntries(codes.map((code) => [code, of(code)])) as Tally["notTested"],
    unexplained: open.filter(({ notTested }) => notTested === undefined).length,
  };
}

function checkableMusts(requirements: readonly CoveredRequirement[]): Share {
  const musts = requirements.filter(({ level }) => level === "must");
  const covered = musts.filter(isCovered).length;
  const of = covered + musts.filter((one) => !isCovered(one) && isCheckable(one)).length;
  return { covered, of, percent: of === 0 ? 100 : Math.floor((100 * covered) / of) };
}
