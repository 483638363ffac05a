import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "../checks/define.js";
import { EvidenceIndex } from "../checks/evidence-index.js";
import { CHECKS } from "../checks/index.js";
import { judgeExpectation, type StepOutcome } from "../checks/judge.js";
import { judgeView } from "../checks/judge-view.js";
import { bodiesIn, digestOf } from "../evidence/bodies.js";
import type { JournalEntry, Judgement, OwedExpectation } from "../evidence/journal-entry.js";
import { type JournalReading, readJournal } from "../evidence/read-journal.js";

export const EVIDENCE_FOLDER = "evidence";

export interface Rejudgement {
  /** How many judgements were computed again. */
  readonly judged: number;
  /** Where the evidence is not what was recorded, or gives another verdict; one sentence with the place each. */
  readonly problems: readonly string[];
  /** True when the run was cut short: only what was recorded could be judged. */
  readonly incomplete: boolean;
  readonly journal: JournalReading;
}

const CHECK_BY_NAME: ReadonlyMap<string, Check> = new Map(CHECKS.map((check) => [check.name, check]));

/** Computes every verdict of a run folder again from its evidence alone, and looks for bytes that were changed since. */
export function rejudge(folder: string): Rejudgement {
  const journal = readJournal(folder);
  const bodies = bodiesIn(join(folder, EVIDENCE_FOLDER));
  const problems = [
    ...journal.problems.map((problem) => `journal.ndjson ${problem}`),
    ...alteredBodies(join(folder, EVIDENCE_FOLDER)),
  ];
  const index = new EvidenceIndex((digest) => bodies.get(digest));
  const owed = new Map<string, OwedExpectation>();
  const outcomes = new Map<string, StepOutcome>();
  let judged = 0;
  for (const entry of journal.entries) {
    index.add(entry);
    if (entry.kind === "planned") for (const one of entry.owed) owed.set(one.id, one);
    else if (entry.kind === "step-end") outcomes.set(`${entry.instance}#${entry.step}`, entry);
    else if (entry.kind === "judgement") {
      judged += 1;
      const problem = judgeAgain(index, entry, owed.get(entry.expectation), outcomes);
      if (problem !== undefined) problems.push(`journal.ndjson line ${entry.seq}: ${problem}`);
    }
  }
  const complete = journal.entries.some(({ kind }) => kind === "run-end");
  return { judged, problems, incomplete: !complete || journal.cut, journal };
}

function judgeAgain(
  index: EvidenceIndex,
  entry: JournalEntry & { readonly kind: "judgement" },
  owed: OwedExpectation | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
): string | undefined {
  if (owed === undefined) return `a judgement on ${entry.expectation}, which was not planned`;
  const about = { instance: entry.instance, step: owed.step, expectation: owed.id, upTo: entry.upTo };
  const outcome = outcomes.get(`${entry.instance}#${owed.step}`) ?? { outcome: "done" as const };
  const again = judgeExpectation(owed, CHECK_BY_NAME.get(owed.check), judgeView(index, about), outcome);
  const recorded = entry.judgement;
  if (same(again, recorded)) return undefined;
  return `${owed.id}: recorded ${sentence(recorded)}, but the evidence gives ${sentence(again)}`;
}

function same(left: Judgement, right: Judgement): boolean {
  return left.verdict === right.verdict && left.expected === right.expected && left.actual === right.actual;
}

function sentence({ verdict, actual }: Judgement): string {
  return `${verdict} (${actual})`;
}

/** Each body's name is its digest. */
function alteredBodies(folder: string): readonly string[] {
  if (!existsSync(folder)) return [`${EVIDENCE_FOLDER}/ is missing`];
  return readdirSync(folder).flatMap((name) => {
    const digest = digestOf(readFileSync(join(folder, name)));
    return digest === name ? [] : [`${EVIDENCE_FOLDER}/${name}: the file was changed after it was written`];
  });
}
