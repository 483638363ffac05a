import { problemText } from "../../schema/problem.js";
import { defineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { lintAll } from "../lint.js";

export const lint = defineCommand({
  usage: "lint",
  summary: "Checks all files of the catalogue, scenarios, targets and profiles",
  build: (yargs) => yargs,
  async run(_args, io) {
    const { problems, files } = await lintAll(io.cwd);
    for (const problem of problems) io.out(typeof problem === "string" ? problem : problemText(problem));
    const found = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    io.err(`${files} files, ${found}`);
    return problems.length === 0 ? EXIT.ok : EXIT.usage;
  },
});
