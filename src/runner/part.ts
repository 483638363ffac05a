import type { JournalFile } from "../evidence/journal.js";
import { LabError } from "../lab/lab-error.js";
import { Child } from "./child.js";
import type { FromPart, PartFailure, PartOptions, ToPart } from "./part-messages.js";
import type { Progress } from "./play.js";

type Start = Extract<FromPart, { kind: "started" }>;

/** A share of a run that is played in a process of its own. */
export class Part {
  /** Once its servers are up and its instances stand in the journal. */
  readonly started: Promise<Start>;
  /** The number of its instances, once it has played them. */
  readonly ended: Promise<number>;
  readonly #child = new Child<ToPart, FromPart>("./part-process", import.meta.url);
  /** The journal's number of each line, by this part's own. */
  readonly #lines: number[] = [];

  constructor(
    options: PartOptions,
    private readonly journal: JournalFile,
    private readonly progress: Progress | undefined,
  ) {
    this.tell({ kind: "play", options });
    this.started = new Promise((resolve, reject) => {
      this.#child.hear("started", resolve);
      this.#whenOver(reject);
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.hear("done", ({ instances }) => resolve(instances));
      this.#whenOver(reject);
    });
    // Whoever waits for one of them hears of it; the other then has no listener.
    for (const promise of [this.started, this.ended]) promise.catch(() => undefined);
    this.#child.hear("entry", ({ seq, text }) => {
      this.#lines[seq] = this.journal.copy(text);
    });
    this.#child.hear("judgement", ({ seq, body }) => {
      this.#lines[seq] = this.journal.append({ ...body, upTo: this.#lines[body.upTo] ?? 0 }).seq;
    });
    this.#child.hear("began", ({ instance }) => this.progress?.began(instance));
    this.#child.hear("ended", ({ instance, verdicts }) => this.progress?.ended(instance, verdicts));
  }

  tell(message: ToPart): void {
    this.#child.tell(message);
  }

  /** Waits until it has ended, however, and ends its process, which holds nothing any more. */
  async close(): Promise<void> {
    await this.ended.catch(() => undefined);
    await this.#child.kill();
  }

  #whenOver(reject: (error: unknown) => void): void {
    this.#child.hear("failed", ({ failure }) => reject(errorOf(failure)));
    this.#child.onEnd((why) => reject(new Error(`a process ended (${why}) before its part of the run was played`)));
  }
}

function errorOf({ message, lab }: PartFailure): Error {
  return lab === undefined ? new Error(message) : new LabError(lab.code, message, lab.hint);
}
