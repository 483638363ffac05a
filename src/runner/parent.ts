import { EventEmitter, setMaxListeners } from "node:events";
import type { Message } from "./child.js";

/** What a parent can always say: the signal of its `Parent` is then aborted with the reason. */
export interface Stop extends Message {
  readonly kind: "stop";
  readonly reason: string;
}

/** The process that began this one as its `Child`. To be made once, before anything is waited for. */
export class Parent<To extends Message, From extends Message> {
  readonly #stop = new AbortController();
  readonly #told = new EventEmitter();
  #unsent: From[] = [];

  constructor() {
    // Every request listens to it.
    setMaxListeners(0, this.signal);
    // A terminal's signal reaches every process; the first one decides what follows from it.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
    process.once("disconnect", () => this.#stop.abort(new Error("the process that began this one is gone")));
    process.on("message", (message: To | Stop) => this.#told.emit(message.kind, message));
    this.#told.on("stop", ({ reason }: Stop) => this.#stop.abort(new Error(reason)));
  }

  /** Aborted when this process is to stop, or nobody is there any more who wants to know. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  hear<K extends To["kind"]>(kind: K, listener: (message: Extract<To, { kind: K }>) => void): void {
    this.#told.on(kind, listener);
  }

  /** What is told in one turn of the event loop goes in one piece: each piece costs both processes more than what it holds. */
  tell(message: From): void {
    if (this.#unsent.length === 0) setImmediate(this.#sendAll);
    this.#unsent.push(message);
  }

  readonly #sendAll = (): void => {
    const messages = this.#unsent;
    this.#unsent = [];
    if (process.connected) process.send?.(messages);
  };
}
