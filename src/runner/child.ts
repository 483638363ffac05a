import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

/** What goes between two processes says what kind of thing it is. */
export interface Message {
  readonly kind: string;
}

/** A process that this one begins, whose program talks with it through a `Parent`. */
export class Child<To extends Message, From extends Message> {
  readonly #program: ChildProcess;
  readonly #told = new EventEmitter();

  /** Its program is the module `name`, without extension, beside the module `from` (a URL): sources and what is built differ in it. */
  constructor(name: string, from: string) {
    this.#program = fork(fileURLToPath(new URL(`${name}${extname(from)}`, from)), { serialization: "advanced" });
    this.#program.on("message", (messages: readonly From[]) => {
      for (const message of messages) this.#told.emit(message.kind, message);
    });
  }

  get isConnected(): boolean {
    return this.#program.connected;
  }

  /** What is told to a process that is gone is lost: `onEnd` says that it is. */
  tell(message: To): void {
    if (this.isConnected) this.#program.send(message);
  }

  hear<K extends From["kind"]>(kind: K, listener: (message: Extract<From, { kind: K }>) => void): void {
    this.#told.on(kind, listener);
  }

  /** `why` is what ended it: a fault in beginning it, its signal, or its exit code. */
  onEnd(listener: (why: string) => void): void {
    this.#program.once("error", ({ message }) => listener(message));
    this.#program.once("exit", (code, signal) => listener(String(signal ?? code)));
  }

  /** Ends it, whatever it does. */
  async kill(): Promise<void> {
    this.#program.kill("SIGKILL");
    if (this.#program.exitCode === null && this.#program.signalCode === null) await once(this.#program, "exit");
  }
}
