import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
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
  readonly #child: ChildProcess;
  readonly #errands = new Map<number, Errand>();
  #taken = 0;

  /** `freed` is called whenever it could take more, or is gone. */
  constructor(
    setting: ExecutionSetting,
    private readonly freed: () => void,
  ) {
    // From sources, the file has their extension.
    const file = new URL(`./execution-process${extname(import.meta.url)}`, import.meta.url);
    this.#child = fork(fileURLToPath(file), { serialization: "advanced" });
    this.#tell({ kind: "set", setting });
    this.#child.on("message", (message: FromPlayer) => this.#hear(message));
    this.#child.once("error", ({ message }) => this.#lose(message));
    this.#child.once("exit", (code, signal) => this.#lose(`the process that played it ended (${signal ?? code})`));
  }

  get isAlive(): boolean {
    return this.#child.connected;
  }

  /** How many executions it has under way. */
  get load(): number {
    return this.#errands.size;
  }

  take(errand: Errand): void {
    this.#taken += 1;
    this.#errands.set(this.#taken, errand);
    this.#tell({ kind: "play", number: this.#taken, execution: errand.execution });
  }

  stop(reason: string): void {
    this.#tell({ kind: "stop", reason });
  }

  /** Ends its process, which holds nothing any more. */
  async close(): Promise<void> {
    this.#child.kill("SIGKILL");
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
  }

  #hear(message: FromPlayer): void {
    const errand = this.#errands.get(message.number);
    this.#errands.delete(message.number);
    if (message.kind === "played") errand?.resolve(message.executed);
    else errand?.reject(new Error(message.message));
    this.freed();
  }

  #lose(why: string): void {
    const lost = [...this.#errands.values()];
    this.#errands.clear();
    for (const errand of lost) errand.reject(new Error(why));
    this.freed();
  }

  #tell(message: ToPlayer): void {
    if (this.#child.connected) this.#child.send(message);
  }
}
