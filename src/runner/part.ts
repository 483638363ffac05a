import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { JournalFile } from "../evidence/journal.js";
import { LabError } from "../lab/lab-error.js";
import type { FromPart, PartFailure, PartOptions, ToPart } from "./part-messages.js";
import type { Progress } from "./play.js";

type Start = Extract<FromPart, { kind: "started" }>;

/** A share of a run that is played in a process of its own. */
export class Part {
  /** Once its servers are up and its instances stand in the journal. */
  readonly started: Promise<Start>;
  /** The number of its instances, once it has played them. */
  readonly ended: Promise<number>;
  readonly #child: ChildProcess;
  /** The journal's number of each line, by this part's own. */
  readonly #lines: number[] = [];
  readonly #told = new EventEmitter();

  constructor(
    options: PartOptions,
    private readonly journal: JournalFile,
    private readonly progress: Progress | undefined,
  ) {
    // From sources, the file has their extension.
    const file = new URL(`./part-process${extname(import.meta.url)}`, import.meta.url);
    this.#child = fork(fileURLToPath(file), { serialization: "advanced" });
    this.#child.on("message", (messages: readonly FromPart[]) => {
      for (const message of messages) this.#told.emit(message.kind, message);
    });
    this.tell({ kind: "play", options });
    this.started = new Promise((resolve, reject) => {
      this.#hear("started", resolve);
      this.#whenOver(reject);
    });
    this.ended = new Promise((resolve, reject) => {
      this.#hear("done", ({ instances }) => resolve(instances));
      this.#whenOver(reject);
    });
    // Whoever waits for one of them hears of it; the other then has no listener.
    for (const promise of [this.started, this.ended]) promise.catch(() => undefined);
    this.#hear("entry", ({ seq, text }) => {
      this.#lines[seq] = this.journal.copy(text);
    });
    this.#hear("judgement", ({ seq, body }) => {
      this.#lines[seq] = this.journal.append({ ...body, upTo: this.#lines[body.upTo] ?? 0 }).seq;
    });
    this.#hear("began", ({ instance }) => this.progress?.began(instance));
    this.#hear("ended", ({ instance, verdicts }) => this.progress?.ended(instance, verdicts));
  }

  tell(message: ToPart): void {
    if (this.#child.connected) this.#child.send(message);
  }

  /** Waits until it has ended, however, and ends its process, which holds nothing any more. */
  async close(): Promise<void> {
    await this.ended.catch(() => undefined);
    this.#child.kill("SIGKILL");
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
  }

  #hear<K extends FromPart["kind"]>(kind: K, listener: (message: Extract<FromPart, { kind: K }>) => void): void {
    this.#told.on(kind, listener);
  }

  #whenOver(reject: (error: unknown) => void): void {
    this.#hear("failed", ({ failure }) => reject(errorOf(failure)));
    this.#child.once("error", reject);
    this.#child.once("exit", (code, signal) => {
      reject(new Error(`a process ended (${signal ?? code}) before its part of the run was played`));
    });
  }
}

function errorOf({ message, lab }: PartFailure): Error {
  return lab === undefined ? new Error(message) : new LabError(lab.code, message, lab.hint);
}
