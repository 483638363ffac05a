#!/usr/bin/env node
import yargs, { type Argv } from "yargs";
import { EvidenceError } from "../evidence/evidence-error.js";
import { LabError } from "../lab/lab-error.js";
import { visible } from "../report/sanitise.js";
import { AuthoringError } from "../schema/problem.js";
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
    .strictCommands()
    .strict()
    .demandCommand(1, "a command is needed")
    .recommendCommands()
    .version(packageVersion())
    .help()
    .wrap(null)
    .exitProcess(false)
    // `--target one two` must leave `two` to the scenarios.
    .parserConfiguration({ "boolean-negation": false, "greedy-arrays": false })
    .fail((message: string | undefined, error: Error | undefined, failed: { help(): unknown }) => {
      if (error !== undefined && message === undefined) throw error;
      if (error instanceof UsageError || error instanceof AuthoringError) throw error;
      throw new CommandLineError(`${message ?? error?.message ?? ""}`, String(failed.help()));
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
    readonly help: string,
  ) {
    super(message);
  }
}

function exitOf(error: unknown, io: Io): ExitCode {
  if (error instanceof CommandLineError) {
    io.err(`${error.help}\n\n${error.message}`);
    return EXIT.usage;
  }
  if (error instanceof UsageError || error instanceof AuthoringError || error instanceof EvidenceError) {
    io.err(error.message);
    return EXIT.usage;
  }
  if (error instanceof LabError) {
    // A server's own words, its log or its refusal, may stand in it.
    io.err(visible(`${error.message}\n${error.hint}`));
    return EXIT.usage;
  }
  io.err(visible(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  return EXIT.inconclusive;
}

if (isEntryPoint(import.meta.url)) process.exitCode = await runCli(process.argv.slice(2), processIo());
