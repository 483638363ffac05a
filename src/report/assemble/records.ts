import { EvidenceError } from "../../evidence/evidence-error.js";
import type {
  JournalEntry,
  Judgement,
  OwedExpectation,
  PlannedStep,
  ScenarioInstance,
} from "../../evidence/journal-entry.js";
import type { JsonObject } from "../../matrix/json.js";

export interface StepRecord {
  readonly outcome: "done" | "failed" | "skipped" | "error";
  readonly owedBy?: string;
  readonly reason?: string;
}

/** What the journal holds of one instance. */
export interface InstanceRecord {
  readonly instance: ScenarioInstance;
  readonly owed: readonly OwedExpectation[];
  readonly planned: readonly PlannedStep[];
  readonly outcomes: Map<string, StepRecord>;
  readonly judgements: Map<string, { readonly judgement: Judgement; readonly upTo: number }>;
  readonly violations: JsonObject[];
  beganAt?: number;
  endedAt?: number;
}

/** A journal sorted by what it is about. */
export interface JournalRecords {
  readonly run: JsonObject;
  readonly startedAt: number;
  /** The time of the last entry. */
  readonly lastAt: number;
  /** True when the run reached its end. */
  readonly complete: boolean;
  readonly servers: readonly JsonObject[];
  readonly instances: ReadonlyMap<string, InstanceRecord>;
}

/** Sorts a journal. Throws EvidenceError when it has no beginning. */
export function recordsOf(entries: Iterable<JournalEntry>): JournalRecords {
  const sorter = new JournalSorter();
  for (const entry of entries) sorter.add(entry);
  return sorter.records;
}

/** Sorts a journal, entry by entry. */
export class JournalSorter {
  #begin: Extract<JournalEntry, { readonly kind: "run-begin" }> | undefined;
  #lastAt = 0;
  #complete = false;
  readonly #servers: JsonObject[] = [];
  readonly #instances = new Map<string, InstanceRecord>();

  add(entry: JournalEntry): void {
    this.#lastAt = entry.at;
    if (entry.kind === "run-begin") this.#begin ??= entry;
    else if (entry.kind === "run-end") this.#complete = true;
    else if (entry.kind === "server") this.#servers.push(entry.server);
    else if (entry.kind === "planned") {
      const { instance, owed, steps } = entry;
      const fresh = { outcomes: new Map(), judgements: new Map(), violations: [] };
      this.#instances.set(instance.id, { instance, owed, planned: steps, ...fresh });
    } else if ("instance" in entry) {
      const record = this.#instances.get(entry.instance);
      if (record !== undefined) file(record, entry);
    }
  }

  /** What was added. Throws EvidenceError when it has no beginning: then there is nothing to report. */
  get records(): JournalRecords {
    if (this.#begin === undefined) throw new EvidenceError("the journal holds no beginning of a run");
    const { run, at } = this.#begin;
    const [complete, servers, instances] = [this.#complete, this.#servers, this.#instances];
    return { run, startedAt: at, lastAt: this.#lastAt, complete, servers, instances };
  }
}

function file(record: InstanceRecord, entry: JournalEntry): void {
  if (entry.kind === "scenario-begin") record.beganAt = entry.at;
  else if (entry.kind === "scenario-end") record.endedAt = entry.at;
  else if (entry.kind === "step-end") {
    const { step, outcome, owedBy, reason } = entry;
    record.outcomes.set(step, {
      outcome,
      ...(owedBy === undefined ? {} : { owedBy }),
      ...(reason === undefined ? {} : { reason }),
    });
  } else if (entry.kind === "judgement") {
    record.judgements.set(entry.expectation, { judgement: entry.judgement, upTo: entry.upTo });
  } else if (entry.kind === "observation" && entry.what === "violation") record.violations.push(entry.data);
}
