import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { bodiesIn } from "../evidence/bodies.js";
import { entryText, journalTo } from "../evidence/journal.js";
import type { JournalBody } from "../evidence/journal-entry.js";
import { LabError } from "../lab/lab-error.js";
import { EVIDENCE_FOLDER } from "./judge-run.js";
import type { FromPart, PartFailure, PartOptions, ToPart } from "./part-messages.js";
import { type Progress, play } from "./play.js";

/** The program of a process that `Part` begins: plays its share, and sends what the journal is to hold to the one that writes it. */
async function playPart(options: PartOptions): Promise<void> {
  const stop = new AbortController();
  // Every request of the part listens to it.
  setMaxListeners(0, stop.signal);
  const go = new Promise<void>((resolve, reject) => {
    const end = (why: string) => {
      const reason = new Error(why);
      stop.abort(reason);
      reject(reason);
    };
    process.on("message", (message: ToPart) => {
      if (message.kind === "go") resolve();
      if (message.kind === "stop") end(message.reason);
    });
    process.once("disconnect", () => end("the process that writes the journal is gone"));
  });
  // A part that is stopped before it is ready has nobody who waits for it.
  go.catch(() => undefined);
  const progress: Progress = {
    started(servers, instances) {
      send({ kind: "started", servers, instances });
      return go;
    },
    began: (instance) => send({ kind: "began", instance }),
    ended: (instance, verdicts) => send({ kind: "ended", instance, verdicts }),
  };
  const now = Date.now;
  try {
    // Another process writes it: the numbers of its lines are this part's own.
    const journal = journalTo(({ seq }, body) => send(lineOf(seq, body)), now);
    const bodies = bodiesIn(join(options.folder, EVIDENCE_FOLDER));
    const instances = await play({ ...options, signal: stop.signal, now, progress }, journal, bodies);
    send({ kind: "done", instances });
  } catch (error) {
    send({ kind: "failed", failure: failureOf(error) });
  }
}

function lineOf(seq: number, body: JournalBody): FromPart {
  return body.kind === "judgement" ? { kind: "judgement", seq, body } : { kind: "entry", seq, text: entryText(body) };
}

let unsent: FromPart[] = [];

/** What is told in one turn of the event loop goes in one piece: each piece costs both processes more than what it holds. */
function send(message: FromPart): void {
  if (unsent.length === 0) setImmediate(sendAll);
  unsent.push(message);
}

function sendAll(): void {
  const messages = unsent;
  unsent = [];
  if (process.connected) process.send?.(messages);
}

function failureOf(error: unknown): PartFailure {
  if (error instanceof LabError) return { message: error.message, lab: { code: error.code, hint: error.hint } };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

// A terminal's signal reaches every process of the run; the first one decides what follows from it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.once("message", (message: ToPart) => {
  if (message.kind === "play") void playPart(message.options);
});
