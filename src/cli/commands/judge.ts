import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { JOURNAL_FILE } from "../../evidence/journal.js";
import { plural } from "../../report/words.js";
import { rejudge } from "../../runner/judge-run.js";
import { defineCommand, UsageError } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { assembled, RUN_FILE } from "../finish-run.js";
import { ownRequirements } from "../project.js";

export const judge = defineCommand({
  usage: "judge <run>",
  summary: "Computes every verdict of a run folder again from its evidence alone, and says where it differs",
  build: (yargs) => yargs.positional("run", { type: "string", demandOption: true, describe: "The folder of a run" }),
  async run(args, io) {
    const folder = runFolder(args.run, io.cwd);
    const { judged, problems, incomplete } = rejudge(folder);
    const all = [...problems, ...(problems.length === 0 ? reportProblems(folder) : [])];
    for (const problem of all) io.out(problem);
    const extent = incomplete ? "; the run was cut short, and only what was recorded could be judged" : "";
    io.err(
      `${judged} verdicts computed again, ${all.length === 0 ? "all agree" : plural(all.length, "problem")}${extent}`,
    );
    if (all.length > 0) return EXIT.failed;
    return judged > 0 ? EXIT.ok : EXIT.nothing;
  },
});

/** run.json must be what the journal gives. */
function reportProblems(folder: string): readonly string[] {
  const file = join(folder, RUN_FILE);
  if (!existsSync(file)) return [];
  const written = parsed(readFileSync(file, "utf8"));
  const again: unknown = JSON.parse(JSON.stringify(assembled(folder, ownRequirements())));
  if (isDeepStrictEqual(written, again)) return [];
  return [`${RUN_FILE}: differs from what the journal gives${firstDifference(written, again, "")}`];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

function firstDifference(left: unknown, right: unknown, path: string): string {
  if (isRecord(left) && isRecord(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    const key = [...keys].find((one) => !isDeepStrictEqual(left[one], right[one])) ?? "";
    return firstDifference(left[key], right[key], `${path}/${key}`);
  }
  return `, first at ${path}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The folder of a run; throws UsageError for any other. */
export function runFolder(name: string, cwd: string): string {
  const folder = resolve(cwd, name);
  if (existsSync(join(folder, JOURNAL_FILE))) return folder;
  throw new UsageError(`${name}: there is no ${JOURNAL_FILE}, so it is not the folder of a run`);
}
