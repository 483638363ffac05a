import { JOURNAL_FILE } from "../../evidence/journal.js";
import { renderText } from "../../report/text.js";
import { defineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { DEFAULT_REPORTERS, reportFile, writeReports } from "../finish-run.js";
import { ownRequirements } from "../project.js";
import { only, reportersOf } from "../run-options.js";
import { runFolder } from "./judge.js";

export const report = defineCommand({
  usage: "report <run>",
  summary: "Writes the reports of a run folder anew, also of a run that was killed",
  build: (yargs) =>
    yargs
      .positional("run", { type: "string", demandOption: true, describe: "The folder of a run" })
      .option("reporter", {
        type: "string",
        coerce: only<string>("reporter"),
        default: DEFAULT_REPORTERS.join(","),
        describe: "Renderings, by comma",
      }),
  async run(args, io) {
    const reporters = reportersOf(args.reporter);
    const folder = runFolder(args.run, io.cwd);
    const problems: string[] = [];
    const run = writeReports(folder, ownRequirements(), reporters, (problem) => problems.push(problem));
    io.out(renderText(run));
    for (const problem of problems) io.err(`${JOURNAL_FILE} ${problem}`);
    io.err(`report: ${reportFile(args.run, reporters)}`);
    return EXIT.ok;
  },
});
