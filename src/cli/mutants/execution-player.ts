import { Child } from "../../runner/child.js";
import type { Executed, Execution, ExecutionSetting } from "./execution.js";
import type { FromPlayer, ToPlayer } from "./execution-messages.js";

/** An execution, and whoever waits for it. */
export interface Errand {
  readonly execution: Execution;
  resolve(executed: Executed): void;
  reject(error: Error): void;
}

/** A process that plays executions, several at a time. */
export class ExecutionPlayer {
  readonly #child = new Child<ToPlayer, FromPlayer>("./execution-process", import.meta.url);
  readonly #errands = new Map<number, Errand>();
  #taken = 0;

  /** `freed` is called whenever it could take more, or is gone. */
  constructor(
    setting: ExecutionSetting,
    private readonly freed: () => void,
  ) {
    this.#child.tell({ kind: "set", setting });
    this.#child.hear("played", ({ number, executed }) => this.#settle(number, (errand) => errand.resolve(executed)));
    this.#child.hear("failed", ({ number, message }) =>
      this.#settle(number, (errand) => errand.reject(new Error(message))),
    );
    this.#child.onEnd((why) => this.#lose(why));
  }

  get isAlive(): boolean {
    return this.#child.isConnected;
  }

  /** How many executions it has under way. */
  get load(): number {
    return this.#errands.size;
  }

  take(errand: Errand): void {
    this.#taken += 1;
    this.#errands.set(this.#taken, errand);
    this.#child.tell({ kind: "play", number: this.#taken, execution: errand.execution });
  }

  stop(reason: string): void {
    this.#child.tell({ kind: "stop", reason });
  }

  /** Ends its process, which holds nothing any more. */
  async close(): Promise<void> {
    await this.#child.kill();
  }

  #settle(number: number, how: (errand: Errand) => void): void {
    const errand = this.#errands.get(number);
    this.#errands.delete(number);
    if (errand !== undefined) how(errand);
    this.freed();
  }

  #lose(why: string): void {
    const lost = [...this.#errands.values()];
    this.#errands.clear();
    for (const errand of lost) errand.reject(new Error(`the process that played it ended (${why})`));
    this.freed();
  }
}
