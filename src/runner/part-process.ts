import { join } from "node:path";
import { bodiesIn } from "../evidence/bodies.js";
import { entryText, journalTo } from "../evidence/journal.js";
import type { JournalBody } from "../evidence/journal-entry.js";
import { LabError } from "../lab/lab-error.js";
import { EVIDENCE_FOLDER } from "./judge-run.js";
import { Parent } from "./parent.js";
import type { FromPart, PartFailure, PartOptions, ToPart } from "./part-messages.js";
import { type Progress, play } from "./play.js";

/** The program of a process that `Part` begins: plays its share, and sends what the journal is to hold to the one that writes it. */
const parent = new Parent<ToPart, FromPart>();
parent.hear("play", ({ options }) => void playPart(options));

async function playPart(options: PartOptions): Promise<void> {
  const { signal } = parent;
  const go = new Promise<void>((resolve, reject) => {
    parent.hear("go", () => resolve());
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  // A part that is stopped before it is ready has nobody who waits for it.
  go.catch(() => undefined);
  const progress: Progress = {
    started(servers, instances) {
      parent.tell({ kind: "started", servers, instances });
      return go;
    },
    began: (instance) => parent.tell({ kind: "began", instance }),
    ended: (instance, verdicts) => parent.tell({ kind: "ended", instance, verdicts }),
  };
  const now = Date.now;
  try {
    // Another process writes it: the numbers of its lines are this part's own.
    const journal = journalTo(({ seq }, body) => parent.tell(lineOf(seq, body)), now);
    const bodies = bodiesIn(join(options.folder, EVIDENCE_FOLDER));
    const instances = await play({ ...options, signal, now, progress }, journal, bodies);
    parent.tell({ kind: "done", instances });
  } catch (error) {
    parent.tell({ kind: "failed", failure: failureOf(error) });
  }
}

function lineOf(seq: number, body: JournalBody): FromPart {
  return body.kind === "judgement" ? { kind: "judgement", seq, body } : { kind: "entry", seq, text: entryText(body) };
}

function failureOf(error: unknown): PartFailure {
  if (error instanceof LabError) return { message: error.message, lab: { code: error.code, hint: error.hint } };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
