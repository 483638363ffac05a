/** Where a command writes, and from where it was called. The only way to the terminal. */
export interface Io {
  /** A line to standard output: results. */
  out(line: string): void;
  /** A line to standard error: everything else. */
  err(line: string): void;
  /** The working directory. */
  readonly cwd: string;
}

/** The terminal of this process. */
export function processIo(): Io {
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    cwd: process.cwd(),
  };
}
