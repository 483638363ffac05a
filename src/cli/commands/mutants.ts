import { availableParallelism } from "node:os";
import { DEFECTS } from "../../homeserver/defects/catalogue.js";
import type { Defect } from "../../homeserver/defects/defect.js";
import { defineCommand, UsageError } from "../command.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { ExecutionPool } from "../mutants/execution-pool.js";
import { matrixLines } from "../mutants/matrix-text.js";
import type { MutantResult } from "../mutants/outcome.js";
import { runSound, type SoundRun } from "../mutants/sound-run.js";
import { type MutantOptions, tryDefect } from "../mutants/try-defect.js";
import { undisturbed } from "../mutants/undisturbed.js";
import { openSoundProject } from "../project.js";
import { countOf, only, shardOf } from "../run-options.js";
import { untilStopped } from "../stop-signals.js";
import { chosenTargets } from "../target-choice.js";

/** Most of the time an execution waits for what a faulty server does not do. */
const WORKERS_FOR_A_PROCESSOR = 10;

export const mutants = defineCommand({
  usage: "mutants [defect..]",
  summary: "Switches every defect of the embedded homeserver on in turn, and shows which scenario notices it",
  build: (yargs) =>
    yargs
      .positional("defect", { type: "string", array: true, describe: "Only these defects", default: [] as string[] })
      .option("all-scenarios", {
        type: "boolean",
        default: false,
        describe:
          "Tries each on every scenario that it could touch, not only on those that name it and one of each area",
      })
      .option("named-only", {
        type: "boolean",
        default: false,
        describe: "Tries each only on the scenarios that name it: what else it breaks is not looked at",
      })
      .option("workers", {
        type: "number",
        coerce: only<number>("workers"),
        default: WORKERS_FOR_A_PROCESSOR * availableParallelism(),
        describe: "How many defects are tried at a time",
      })
      .option("shard", { type: "string", describe: "Only the i-th of n parts of the defects: i/n" })
      .option("seed", {
        type: "string",
        default: "mutants",
        describe: "Makes the runs repeatable, and draws the sample",
      })
      .option("json", { type: "boolean", default: false, describe: "Prints the whole matrix as JSON" }),
  async run(args, io) {
    if (args["named-only"] && args["all-scenarios"]) throw new UsageError("--named-only and --all-scenarios: give one");
    const project = openSoundProject(io.cwd);
    const chosen = chosenDefects(args.defect, args.shard);
    const workers = countOf("workers", args.workers);
    const [target] = await chosenTargets(["embedded"], io.cwd);
    if (target === undefined) throw new UsageError("there is no embedded target");
    const results: MutantResult[] = [];
    let sound: SoundRun | undefined;
    await untilStopped(async (signal) => {
      const pool = new ExecutionPool({ target, seed: args.seed, workers, signal });
      const play = undisturbed(pool.play);
      const options = { project, play, signal, seed: args.seed, all: args["all-scenarios"] };
      try {
        if (!args["named-only"]) sound = await runSound(project.scenarios, play, signal);
        await tryAll(chosen, sound, options, (result) => {
          results.push(result);
          io.err(
            `${results.length}/${chosen.length} ${result.problems.length === 0 ? "ok" : "WRONG"} ${result.defect}`,
          );
          for (const problem of result.problems) io.err(`  ${problem}`);
        });
      } finally {
        await pool.close();
      }
    }, io);
    const inOrder = chosen.flatMap(({ name }) => results.filter(({ defect }) => defect === name));
    return conclude(io, { results: inOrder, unsound: sound?.unsound ?? [], planned: chosen.length, json: args.json });
  },
});

/** Tries all of them together, as the pool lets them; each is told when it is over. */
async function tryAll(
  defects: readonly Defect[],
  sound: SoundRun | undefined,
  options: MutantOptions,
  tell: (result: MutantResult) => void,
): Promise<void> {
  await Promise.all(
    defects.map(async (defect) => {
      const reach = sound === undefined ? undefined : (sound.asked.get(defect.name) ?? []);
      tell(await tryDefect(defect, reach, options));
    }),
  );
}

interface Conclusion {
  readonly results: readonly MutantResult[];
  readonly unsound: readonly string[];
  readonly planned: number;
  readonly json: boolean;
}

function conclude(io: Io, { results, unsound, planned, json }: Conclusion) {
  const complete = results.length === planned;
  if (json) io.out(JSON.stringify({ sound: unsound.length === 0, unsound, complete, results }, null, 1));
  else for (const line of matrixLines(results)) io.out(line);
  const problems = results.flatMap((result) => result.problems);
  const say = json ? io.err : io.out;
  for (const problem of [...unsound.map((one) => `the sound server does not pass: ${one}`), ...problems]) say(problem);
  const caught = results.filter(({ caughtBy }) => caughtBy.length > 0).length;
  const wrong = problems.length === 0 ? "" : `, ${problems.length} to mend`;
  say(`${caught} of ${planned} defects caught${wrong}${complete ? "" : ", stopped early"}`);
  return complete && problems.length === 0 && unsound.length === 0 ? EXIT.ok : EXIT.failed;
}

function chosenDefects(names: readonly string[], share: string | undefined): readonly Defect[] {
  const unknown = names.find((name) => !DEFECTS.some((known) => known.name === name));
  if (unknown !== undefined) throw new UsageError(`${unknown}: there is no such defect; see list defects`);
  const chosen = DEFECTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const shard = shardOf(share);
  return shard === undefined ? chosen : chosen.filter((_, at) => at % shard.count === shard.index - 1);
}
