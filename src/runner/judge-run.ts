import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Check } from "../checks/define.js";
import { EvidenceIndex } from "../checks/evidence-index.js";
import { CHECKS } from "../checks/index.js";
import { judgeExpectation, type StepOutcome } from "../checks/judge.js";
import { judgeView } from "../checks/judge-view.js";
import { type Bodies, bodiesIn, digestOf, UNFINISHED } from "../evidence/bodies.js";
import { JOURNAL_FILE } from "../evidence/journal.js";
import type { JournalEntry, Judgement, OwedExpectation } from "../evidence/journal-entry.js";
import { JournalScan } from "../evidence/read-journal.js";

export const EVIDENCE_FOLDER = "evidence";

export interface Rejudgement {
  /** How many judgements were computed again. */
  readonly judged: number;
  /** Where the evidence is not what was recorded, or gives another verdict; one sentence with the place each. */
  readonly problems: readonly string[];
  /** True when the run was cut short: only what was recorded could be judged. */
  readonly incomplete: boolean;
}

type JudgementEntry = JournalEntry & { readonly kind: "judgement" };

const CHECK_BY_NAME: ReadonlyMap<string, Check> = new Map(CHECKS.map((check) => [check.name, check]));

/**
 * Computes every verdict of a run folder again from its evidence alone, and looks for bytes that were changed since.
 * Throws EvidenceError when there is no journal.
 */
export function rejudge(folder: string): Rejudgement {
  const journal = new JournalScan(folder);
  const again = new JudgingAgain(bodiesIn(join(folder, EVIDENCE_FOLDER)));
  for (const entry of journal) again.take(entry);
  const { complete } = again;
  const problems = [
    ...journal.problems.map((problem) => `${JOURNAL_FILE} ${problem}`),
    ...alteredBodies(join(folder, EVIDENCE_FOLDER)),
    ...again.problems,
    ...(complete ? again.unjudged().map((id) => `${JOURNAL_FILE}: no judgement on ${id}, which was planned`) : []),
  ];
  return { judged: again.judged.size, problems, incomplete: !complete || journal.cut };
}

/** Goes through a journal as the run did, and judges wherever the run judged. */
class JudgingAgain {
  readonly problems: string[] = [];
  readonly judged = new Set<string>();
  /** Whether the end of the run was among the entries. */
  complete = false;
  private readonly index: EvidenceIndex;
  private readonly owed = new Map<string, OwedExpectation>();
  private readonly outcomes = new Map<string, StepOutcome>();

  constructor(bodies: Bodies) {
    this.index = new EvidenceIndex((digest) => bodies.get(digest) ?? this.lost(digest));
  }

  take(entry: JournalEntry): void {
    this.index.add(entry);
    if (entry.kind === "planned") for (const one of entry.owed) this.owed.set(one.id, one);
    else if (entry.kind === "step-end") this.outcomes.set(`${entry.instance}#${entry.step}`, entry);
    else if (entry.kind === "judgement") {
      this.judged.add(entry.expectation);
      const problem = this.judge(entry);
      if (problem !== undefined) this.problems.push(`${JOURNAL_FILE} line ${entry.seq}: ${problem}`);
    } else if (entry.kind === "scenario-end" && this.index.has(entry.instance)) this.index.forget(entry.instance);
    else if (entry.kind === "run-end") this.complete = true;
  }

  /** The expectations that were planned, but never judged. */
  unjudged(): readonly string[] {
    return [...this.owed.keys()].filter((id) => !this.judged.has(id));
  }

  private judge({ instance, expectation, upTo, judgement: recorded }: JudgementEntry): string | undefined {
    const owed = this.owed.get(expectation);
    if (owed === undefined || !this.index.has(instance)) return `a judgement on ${expectation}, which was not planned`;
    const view = judgeView(this.index, { instance, step: owed.step, expectation, upTo });
    const outcome = this.outcomes.get(`${instance}#${owed.step}`) ?? { outcome: "done" as const };
    const again = judgeExpectation(owed, CHECK_BY_NAME.get(owed.check), view, outcome);
    if (isDeepStrictEqual(again, recorded)) return undefined;
    return `${expectation}: recorded ${sentence(recorded)}, but the evidence gives ${sentence(again)}`;
  }

  /** Stands in for a body that is not there, so that the rest can be judged. */
  private lost(digest: string): Uint8Array {
    const problem = `${EVIDENCE_FOLDER}/${digest}: the file is missing`;
    if (!this.problems.includes(problem)) this.problems.push(problem);
    return new Uint8Array();
  }
}

function sentence({ verdict, actual, exchanges }: Judgement): string {
  return `${verdict} (${[actual, ...exchanges].join(", ")})`;
}

/** Each body's name is its digest. */
function alteredBodies(folder: string): readonly string[] {
  if (!existsSync(folder)) return [`${EVIDENCE_FOLDER}/ is missing`];
  const whole = readdirSync(folder).filter((name) => !name.endsWith(UNFINISHED));
  return whole.flatMap((name) => {
    const digest = digestOf(readFileSync(join(folder, name)));
    return digest === name ? [] : [`${EVIDENCE_FOLDER}/${name}: the file was changed after it was written`];
  });
}
