import { DEFECTS } from "../../homeserver/defects/catalogue.js";
import { defineCommand, UsageError } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { type MutantResult, runWith, tryDefect } from "../mutants.js";
import { openSoundProject } from "../project.js";
import { untilStopped } from "../stop-signals.js";
import { table } from "../table.js";
import { chosenTargets } from "../target-choice.js";

const WORKERS = 6;

export const mutants = defineCommand({
  usage: "mutants [defect..]",
  summary: "Switches every defect of the embedded homeserver on in turn, and shows which scenario notices it",
  build: (yargs) =>
    yargs
      .positional("defect", { type: "string", array: true, describe: "Only these defects", default: [] as string[] })
      .option("seed", { type: "string", default: "mutants", describe: "Makes the runs repeatable" })
      .option("json", { type: "boolean", default: false, describe: "Prints JSON" }),
  async run(args, io) {
    const project = openSoundProject(io.cwd);
    const chosen = DEFECTS.filter(({ name }) => args.defect.length === 0 || args.defect.includes(name));
    const unknown = args.defect.find((name) => !DEFECTS.some((known) => known.name === name));
    if (unknown !== undefined) throw new UsageError(`${unknown}: there is no such defect; see list defects`);
    const [target] = await chosenTargets(["embedded"], io.cwd);
    if (target === undefined) throw new UsageError("there is no embedded target");
    const results: MutantResult[] = [];
    let sound: readonly string[] = [];
    await untilStopped(async (signal) => {
      const options = { project, target, seed: args.seed, workers: WORKERS, signal };
      sound = await soundness(options);
      for (const defect of chosen) {
        const result = await tryDefect(defect, options);
        results.push(result);
        io.err(`${results.length}/${chosen.length} ${isCaught(result) ? "caught" : "NOT CAUGHT"} ${defect.name}`);
      }
    }, io);
    const missed = results.filter((result) => !isCaught(result));
    if (args.json) io.out(JSON.stringify({ sound: sound.length === 0, unsound: sound, results }));
    else for (const line of table(results.map(row))) io.out(line);
    for (const one of sound) io.out(`the sound server does not pass: ${one}`);
    const complete = results.length === chosen.length;
    io.out(`${results.length - missed.length} of ${chosen.length} defects caught${complete ? "" : ", stopped early"}`);
    return missed.length === 0 && sound.length === 0 && complete ? EXIT.ok : EXIT.failed;
  },
});

function isCaught({ caughtBy }: MutantResult): boolean {
  return caughtBy.length > 0;
}

function row(result: MutantResult): string[] {
  const { defect, requirement, named, caughtBy } = result;
  if (named.length === 0) return [defect, requirement, "no scenario names it"];
  return [defect, requirement, isCaught(result) ? caughtBy.join(", ") : `not by ${named.join(", ")}`];
}

/** What does not pass without any defect: there a red verdict would prove nothing. */
async function soundness(options: Parameters<typeof runWith>[2]): Promise<readonly string[]> {
  const run = await runWith(options.project.scenarios, new Set(), options);
  const all = [...run.scenarios.flatMap(({ expectations }) => expectations), ...run.passive];
  return all.filter(({ verdict }) => verdict !== "pass").map(({ id, verdict }) => `${verdict} ${id}`);
}
