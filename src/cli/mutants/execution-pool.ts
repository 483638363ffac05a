import { availableParallelism } from "node:os";
import type { Executed, Execution, ExecutionSetting } from "./execution.js";
import { type Errand, ExecutionPlayer } from "./execution-player.js";

export interface PoolOptions extends ExecutionSetting {
  /** How many executions are played at a time. */
  readonly workers: number;
  readonly signal: AbortSignal;
}

/**
 * Plays executions in a process for each processor. What is lost with a process are the executions that it had under way: another
 * one is begun for those that wait. To be closed.
 */
export class ExecutionPool {
  readonly #setting: ExecutionSetting;
  readonly #signal: AbortSignal;
  readonly #processes: number;
  readonly #width: number;
  readonly #waiting: Errand[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #players: ExecutionPlayer[] = [];

  constructor({ target, seed, workers, signal }: PoolOptions) {
    this.#setting = { target, seed };
    this.#signal = signal;
    this.#processes = Math.min(availableParallelism(), workers);
    this.#width = Math.ceil(workers / this.#processes);
    signal.addEventListener("abort", this.#stop, { once: true });
  }

  /** Plays one, as soon as it is its turn. Rejects when it cannot be played, and with the signal's reason when that is aborted. */
  readonly play = async (execution: Execution): Promise<Executed> => {
    this.#signal.throwIfAborted();
    const played = new Promise<Executed>((resolve, reject) => {
      this.#waiting.push({ execution, resolve, reject });
    });
    this.#underWay.add(played);
    this.#handOut();
    try {
      return await played;
    } catch (error) {
      throw this.#signal.aborted ? this.#signal.reason : error;
    } finally {
      this.#underWay.delete(played);
    }
  };

  /** Waits until what is under way has ended, and leaves nothing behind. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    this.#signal.removeEventListener("abort", this.#stop);
    await Promise.all(this.#players.map((player) => player.close()));
  }

  readonly #stop = (): void => {
    const reason = this.#signal.reason instanceof Error ? this.#signal.reason : new Error("stopped");
    for (const errand of this.#waiting.splice(0)) errand.reject(reason);
    for (const player of this.#players) player.stop(reason.message);
  };

  readonly #handOut = (): void => {
    for (let player = this.#free(); player !== undefined; player = this.#free()) {
      const errand = this.#waiting.shift();
      if (errand === undefined) return;
      player.take(errand);
    }
  };

  /** The player with least to do, a new one where there may be more; undefined while there is nothing to play, or nobody for it. */
  #free(): ExecutionPlayer | undefined {
    if (this.#waiting.length === 0) return undefined;
    this.#players = this.#players.filter(({ isAlive }) => isAlive);
    const [least] = this.#players.toSorted((a, b) => a.load - b.load);
    if (least?.load === 0) return least;
    if (this.#players.length < this.#processes) return this.#begin();
    return least !== undefined && least.load < this.#width ? least : undefined;
  }

  #begin(): ExecutionPlayer {
    const player = new ExecutionPlayer(this.#setting, this.#handOut);
    this.#players.push(player);
    return player;
  }
}
