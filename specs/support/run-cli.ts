import { runCli } from "../../src/cli/main.js";
import { PACKAGE_FOLDER } from "../../src/cli/project.js";

/** What a command line did: its exit code, and what it wrote to either stream. */
export async function cli(args: readonly string[], cwd: string = PACKAGE_FOLDER) {
  const out: string[] = [];
  const err: string[] = [];
  const exit = await runCli(args, { out: (line) => out.push(line), err: (line) => err.push(line), cwd });
  return { exit, out: out.join("\n"), err: err.join("\n") };
}
