import type { StateMap } from "../../matrix/state-map.js";
import { questionOf, readAnswer } from "./protocol.js";
import { type ResolutionCase, resolutionOf, sameState } from "./resolution-case.js";
import { ResolverFailure, ResolverProcess } from "./resolver-process.js";
import { RESOLVER_READINGS } from "./resolver-readings.js";

/** How a resolver's answer relates to the text. */
export type Verdict =
  | { readonly kind: "agrees" }
  /** Right under another reading of the text, the first that fits. */
  | { readonly kind: "read-otherwise"; readonly reading: string; readonly given: StateMap }
  | { readonly kind: "differs"; readonly given: StateMap }
  /** There was no answer that can be compared. */
  | { readonly kind: "unsettled"; readonly reason: string };

/** A verdict, and all readings under which the answer is right. */
export interface Judged {
  readonly verdict: Verdict;
  readonly readings: readonly string[];
}

export interface PlayerOptions {
  /** A command line, run in a shell. */
  readonly command: string;
  readonly cwd: string;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Puts cases to a resolver, one after the other; one that fails is started anew for the next. */
export class ResolverPlayer {
  #process: ResolverProcess | undefined;
  #asked = 0;

  constructor(private readonly options: PlayerOptions) {}

  /** Rejects with the signal's reason alone. */
  async judge(posed: ResolutionCase): Promise<Judged> {
    const answer = await this.#answer(posed);
    if ("problem" in answer) return { verdict: { kind: "unsettled", reason: answer.problem }, readings: [] };
    const { state: given } = answer;
    const fitting = RESOLVER_READINGS.filter(({ reading }) => sameState(resolutionOf(posed, reading), given));
    const readings = fitting.map(({ name }) => name);
    if (sameState(resolutionOf(posed), given)) return { verdict: { kind: "agrees" }, readings };
    const [reading] = readings;
    if (reading === undefined) return { verdict: { kind: "differs", given }, readings };
    return { verdict: { kind: "read-otherwise", reading, given }, readings };
  }

  async end(): Promise<void> {
    await this.#process?.end();
  }

  async #answer(posed: ResolutionCase) {
    const { command, cwd, deadlineMs, signal } = this.options;
    this.#process ??= new ResolverProcess(command, cwd);
    this.#asked += 1;
    const id = String(this.#asked);
    try {
      const line = await this.#process.ask(JSON.stringify(questionOf(posed, id)), { deadlineMs, signal });
      const answer = readAnswer(line, posed, id);
      // After an answer that makes no sense nobody knows which question the next one is to.
      if ("garbled" in answer) await this.#drop();
      return answer;
    } catch (error) {
      if (!(error instanceof ResolverFailure)) throw error;
      await this.#drop();
      return { problem: error.message };
    }
  }

  async #drop(): Promise<void> {
    await this.#process?.kill();
    this.#process = undefined;
  }
}
