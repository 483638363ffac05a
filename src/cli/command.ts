import type { Argv } from "yargs";
import type { ExitCode } from "./exit-codes.js";
import type { Io } from "./io.js";

/** A command as the command line knows it. To add one: define it in `commands/` and list it in `commands/index.ts`. */
export interface Command {
  /** In the syntax of yargs: `explain <id>`. */
  readonly usage: string;
  readonly summary: string;
  build(yargs: Argv): Argv;
  run(args: never, io: Io): Promise<ExitCode>;
}

/** Ties the options that a command declares to those that it is run with. */
export function defineCommand<A>(command: {
  readonly usage: string;
  readonly summary: string;
  build(yargs: Argv): Argv<A>;
  run(args: A, io: Io): Promise<ExitCode>;
}): Command {
  return command as Command;
}

/** The command line asks for something that does not exist or does not fit together. */
export class UsageError extends Error {
  readonly code = "USAGE";
  override readonly name = "UsageError";
}
