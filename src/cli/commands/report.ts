import { join } from "node:path";
import { renderText } from "../../report/text.js";
import { defineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { DEFAULT_REPORTERS, writeReports } from "../finish-run.js";
import { ownRequirements } from "../project.js";
import { reportersOf } from "../run-options.js";
import { runFolder } from "./judge.js";

export const report = defineCommand({
  usage: "report <run>",
  summary: "Writes the reports of a run folder anew, also of a run that was killed",
  build: (yargs) =>
    yargs
      .positional("run", { type: "string", demandOption: true, describe: "The folder of a run" })
      .option("reporter", { type: "string", default: DEFAULT_REPORTERS.join(","), describe: "Renderings, by comma" }),
  async run(args, io) {
    const folder = runFolder(args.run, io.cwd);
    const run = writeReports(folder, ownRequirements(), reportersOf(args.reporter));
    io.out(renderText(run));
    io.err(`report: ${join(args.run, "report.html")}`);
    return EXIT.ok;
  },
});
