import { nearest } from "../../schema/nearest.js";
import { defineCommand } from "../command.js";
import { explainFinding, recordedFindings } from "../examples/recorded-finding.js";
import { explainResults } from "../examples/run-result.js";
import { scenarioDrawings, workedExample } from "../examples/worked-example.js";
import { EXIT } from "../exit-codes.js";
import { EXPLAINERS, knownIds, requirementOf } from "../explainers.js";
import { assembled } from "../finish-run.js";
import { openProject, type Project } from "../project.js";
import { runFolder } from "./judge.js";

export const explain = defineCommand({
  usage: "explain <id>",
  summary: "Says in plain words what a requirement, scenario, step, check, defect, finding or result of a run is",
  build: (yargs) =>
    yargs
      .positional("id", { type: "string", demandOption: true, describe: "FED-KEY-001, keys/key-document, join …" })
      .option("run", { type: "string", describe: "The folder of a run: tells its results of that id" }),
  async run({ id, run: folder }, io) {
    const project = openProject(io.cwd);
    const texts =
      folder === undefined
        ? await textsOf(id, project)
        : [
            explainResults(
              assembled(runFolder(folder, io.cwd), project.requirements, { everyHistory: true }),
              id,
              project.requirements,
            ),
          ];
    const told = texts.filter((text) => text !== undefined);
    if (told.length === 0) {
      const known = [...knownIds(project), ...recordedFindings().map(({ anchor }) => anchor)];
      const near = folder === undefined ? nearest(id, known) : undefined;
      io.err(`nothing is called \`${id}\`${near === undefined ? "" : `; did you mean \`${near}\`?`}`);
      return EXIT.nothing;
    }
    io.out(told.join("\n\n"));
    return EXIT.ok;
  },
});

async function textsOf(id: string, project: Project): Promise<readonly (string | undefined)[]> {
  const texts = EXPLAINERS.flatMap((explainer) => explainer(id, project) ?? []);
  const requirement = requirementOf(id, project);
  const scenario = project.scenarios.find((each) => each.id === id || each.file === id);
  const lines = [
    ...(requirement === undefined ? [] : await workedExample(requirement, project)),
    ...(scenario === undefined ? [] : await scenarioDrawings(scenario)),
  ];
  const [first, ...others] = texts;
  return [...(first === undefined ? [] : [[first, ...lines].join("\n")]), ...others, await explainFinding(id, project)];
}
