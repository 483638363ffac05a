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
  // A reader that has seen enough, such as `head`, closes the pipe: that is no fault.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(process.exitCode);
  });
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    cwd: process.cwd(),
  };
}
