import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { endProcess } from "../../targets/drivers/end-process.js";

const LONGEST_ANSWER = 32 * 1024 * 1024;
const KEPT_COMPLAINTS = 600;
/** How long a resolver may take to end once nothing more is asked, in milliseconds. */
const FAREWELL_MS = 3_000;

/** A resolver did not answer, and cannot be asked further. */
export class ResolverFailure extends Error {
  override readonly name = "ResolverFailure";
}

interface Waiting {
  answered(line: string): void;
  failed(failure: Error): void;
}

/** A resolver under test: a child process that reads one line and writes one line, again and again. */
export class ResolverProcess {
  readonly #child: ChildProcess;
  #waiting: Waiting | undefined;
  #unfinished = "";
  #complaints = "";
  #ended: string | undefined;

  /** Starts a command line in a shell, as the leader of its own process group. */
  constructor(
    private readonly command: string,
    cwd: string,
  ) {
    const child = spawn(command, { cwd, shell: true, detached: true, stdio: ["pipe", "pipe", "pipe"] });
    this.#child = child;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => this.#read(chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      this.#complaints = `${this.#complaints}${chunk}`.slice(-KEPT_COMPLAINTS);
    });
    // A resolver that has gone cannot read; that it has gone is told by its end.
    child.stdin.on("error", () => undefined);
    child.once("error", (cause) => this.#end(`cannot be run: ${cause.message}`));
    child.once("close", (code, signal) => this.#end(`ended ${signal === null ? `with code ${code}` : `by ${signal}`}`));
  }

  /** Writes a line and resolves with the one that comes back. Rejects with ResolverFailure, or the signal's reason. */
  async ask(line: string, { deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal }): Promise<string> {
    signal.throwIfAborted();
    if (this.#ended !== undefined) throw new ResolverFailure(this.#ended);
    const late = AbortSignal.timeout(deadlineMs);
    const stop = new AbortController();
    try {
      return await new Promise<string>((answered, failed) => {
        this.#waiting = { answered, failed };
        const deadline = () => failed(new ResolverFailure(`no answer within ${deadlineMs} ms`));
        late.addEventListener("abort", deadline, { signal: stop.signal });
        signal.addEventListener("abort", () => failed(signal.reason), { signal: stop.signal });
        this.#child.stdin?.write(`${line}\n`);
      });
    } finally {
      this.#waiting = undefined;
      stop.abort();
    }
  }

  /** Ends the resolver: its input is closed, and what does not end by itself is ended. */
  async end(): Promise<void> {
    if (this.#ended !== undefined) return;
    const closed = once(this.#child, "exit");
    this.#child.stdin?.end();
    const timer = setTimeout(() => void endProcess(this.#child), FAREWELL_MS);
    await closed;
    clearTimeout(timer);
  }

  /** Ends a resolver that no longer answers. */
  async kill(): Promise<void> {
    if (this.#ended === undefined) await endProcess(this.#child);
  }

  /** What comes when nobody waits is dropped; should it come late, its id tells. */
  #read(chunk: string): void {
    const lines = `${this.#unfinished}${chunk}`.split("\n");
    this.#unfinished = lines.pop() ?? "";
    const [first] = lines;
    if (first !== undefined) this.#waiting?.answered(first);
    else if (this.#unfinished.length > LONGEST_ANSWER)
      this.#waiting?.failed(new ResolverFailure("an answer without end"));
  }

  #end(how: string): void {
    const complaints = this.#complaints.trim();
    this.#ended ??= `${JSON.stringify(this.command)} ${how}${complaints === "" ? "" : `: ${complaints}`}`;
    this.#waiting?.failed(new ResolverFailure(this.#ended));
  }
}
