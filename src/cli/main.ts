#!/usr/bin/env node
import yargs, { type Argv } from "yargs";
import { AuthoringError } from "../schema/problem.js";
import { TargetError } from "../targets/target-error.js";
import { type Command, UsageError } from "./command.js";
import { COMMANDS } from "./commands/index.js";
import { isEntryPoint } from "./entry-point.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { type Io, processIo } from "./io.js";
import { packageVersion } from "./package-version.js";

/** Runs one command line (without node and script) and resolves with its exit code. Never rejects. */
export async function runCli(args: readonly string[], io: Io): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const run = async (command: Command, given: never) => {
    exit = await command.run(given, io);
  };
  try {
    const parser = parserOf(run);
    let printed = "";
    await parser.parseAsync([...args], {}, (_error: unknown, _args: unknown, output: string) => {
      printed = output;
    });
    if (printed !== "") io.out(printed);
    return exit;
  } catch (error) {
    return exitOf(error, io);
  }
}

function parserOf(run: (command: Command, args: never) => Promise<void>): Argv {
  const parser = yargs([])
    .scriptName("concordat")
    .usage("$0 <command>\n\nTells whether Matrix homeservers federate correctly with each other, and proves it.")
    .strict()
    .demandCommand(1, "a command is needed")
    .recommendCommands()
    .version(packageVersion())
    .help()
    .wrap(100)
    .exitProcess(false)
    .parserConfiguration({ "boolean-negation": false })
    .fail((message: string | undefined, error: Error | undefined, failed: Argv) => {
      if (error !== undefined && message === undefined) throw error;
      if (error instanceof UsageError || error instanceof AuthoringError) throw error;
      throw new CommandLineError(`${message ?? error?.message ?? ""}`, failed);
    });
  for (const command of COMMANDS) {
    parser.command(
      command.usage,
      command.summary,
      (own: Argv) => command.build(own),
      (given) => run(command, given as never),
    );
  }
  return parser;
}

class CommandLineError extends UsageError {
  constructor(
    message: string,
    readonly parser: Argv,
  ) {
    super(message);
  }
}

async function exitOf(error: unknown, io: Io): Promise<ExitCode> {
  if (error instanceof CommandLineError) {
    io.err(`${await error.parser.getHelp()}\n`);
    io.err(error.message);
    return EXIT.usage;
  }
  if (error instanceof UsageError || error instanceof AuthoringError) {
    io.err(error.message);
    return EXIT.usage;
  }
  if (error instanceof TargetError) {
    io.err(`${error.message}\n${error.hint}`);
    return AUTHORED.has(error.code) ? EXIT.usage : EXIT.inconclusive;
  }
  io.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.inconclusive;
}

/** Faults of a target file or of the command line; the others are faults of the place where it runs. */
const AUTHORED: ReadonlySet<string> = new Set([
  "target-not-found",
  "target-file",
  "template",
  "unknown-value",
  "naming",
  "image-not-applicable",
]);

if (isEntryPoint(import.meta.url)) process.exitCode = await runCli(process.argv.slice(2), processIo());
