import { nearest } from "../../schema/nearest.js";
import { defineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { EXPLAINERS, knownIds } from "../explainers.js";
import { openProject } from "../project.js";

export const explain = defineCommand({
  usage: "explain <id>",
  summary: "Says in plain words what a requirement, scenario, step, check or defect is",
  build: (yargs) =>
    yargs.positional("id", { type: "string", demandOption: true, describe: "FED-KEY-001, keys/key-document, join …" }),
  async run({ id }, io) {
    const project = openProject(io.cwd);
    const texts = EXPLAINERS.flatMap((explainer) => explainer(id, project) ?? []);
    if (texts.length === 0) {
      const near = nearest(id, knownIds(project));
      io.err(`nothing is called \`${id}\`${near === undefined ? "" : `; did you mean \`${near}\`?`}`);
      return EXIT.nothing;
    }
    io.out(texts.join("\n\n"));
    return EXIT.ok;
  },
});
