import type { JournalBody } from "../evidence/journal-entry.js";
import type { Verdict } from "../evidence/verdict.js";
import type { Stop } from "./parent.js";
import type { PlayOptions, StartedServer } from "./play.js";

/** What a process is given to play: plain data all of it. */
export interface PartOptions extends Omit<PlayOptions, "signal" | "now" | "progress"> {
  /** Of the run; there already. */
  readonly folder: string;
}

/** What a process tells while it plays its part of a run. */
export type FromPart =
  /** A line for the journal, as `entryText` words it; `seq` is its number among those of this part. */
  | { readonly kind: "entry"; readonly seq: number; readonly text: string }
  /** One that names another line by the number which that has among those of this part. */
  | { readonly kind: "judgement"; readonly seq: number; readonly body: Extract<JournalBody, { kind: "judgement" }> }
  | { readonly kind: "started"; readonly servers: readonly StartedServer[]; readonly instances: number }
  | { readonly kind: "began"; readonly instance: string }
  | { readonly kind: "ended"; readonly instance: string; readonly verdicts: readonly Verdict[] }
  | { readonly kind: "done"; readonly instances: number }
  | { readonly kind: "failed"; readonly failure: PartFailure };

/** An error without what cannot go from one process to another. */
export interface PartFailure {
  readonly message: string;
  /** Of a LabError. */
  readonly lab?: { readonly code: string; readonly hint: string };
}

/** What a process is told: what to play, that all are ready to begin, or to stop. */
export type ToPart = { readonly kind: "play"; readonly options: PartOptions } | { readonly kind: "go" } | Stop;
