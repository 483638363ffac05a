import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { makeFolder } from "../../evidence/make-folder.js";
import { type Baseline, differencesFrom, readBaseline } from "../../report/baseline.js";
import { exitCode } from "../../report/roll-up.js";
import type { RunJson } from "../../report/run-json.js";
import { renderText } from "../../report/text.js";
import { type ExecuteOptions, execute } from "../../runner/execute.js";
import type { Progress } from "../../runner/play.js";
import { type PlanOptions, planInstances } from "../../scenario/plan.js";
import { nearest } from "../../schema/nearest.js";
import type { TargetFile } from "../../targets/target-document.js";
import { defineCommand, UsageError } from "../command.js";
import { defectsOf } from "../defect-choice.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { reportFile, writeReports } from "../finish-run.js";
import type { Io } from "../io.js";
import { packageVersion } from "../package-version.js";
import { liveProgress, plainProgress } from "../progress.js";
import { openSoundProject, type Project } from "../project.js";
import { countOf, patternOf, type RunArguments, reportersOf, runOptions, shardOf, workersOf } from "../run-options.js";
import { untilStopped } from "../stop-signals.js";
import { chosenTargets } from "../target-choice.js";

export const run = defineCommand({
  usage: "run [scenario..]",
  summary: "Tests servers and writes a report",
  build: runOptions,
  async run(args: RunArguments, io) {
    const reporters = reportersOf(args.reporter);
    const plan = planOf(args, io.cwd);
    const defects = defectsOf(args.defect);
    const baseline = args.baseline === undefined ? undefined : baselineOf(resolve(io.cwd, args.baseline));
    const targets = await chosenTargets(args.target, io.cwd);
    const workers = workersOf(args.workers, targets);
    const id = randomBytes(3).toString("hex");
    const folder = newFolder(args.out ?? join("reports", `${stampOf(new Date())}-${id}`), io.cwd);
    const project = openSoundProject(io.cwd);
    const missing = unmatched(project, targets, plan);
    if (missing !== undefined) {
      io.err(missing);
      return EXIT.nothing;
    }
    makeRunFolder(folder);
    const about = aboutOf(args, id, plan.seed);
    const image = args.image === undefined ? {} : { image: args.image };
    const scenarios = project.scenarios;
    await played({ folder, scenarios, targets, plan, ...image, defects, workers, about, now: Date.now }, io);
    const report = writeReports(folder, project.requirements, reporters);
    const place = relative(io.cwd, folder);
    io.err(`report: ${reportFile(place.startsWith("..") ? folder : place, reporters)}`);
    return finished(report, args, baseline, io);
  },
});

/** What of the request matches nothing, in words; undefined when everything matches something. */
function unmatched({ scenarios }: Project, targets: readonly TargetFile[], plan: Plan): string | undefined {
  const offered = targets.map(({ name, room_versions }) => ({ name, roomVersions: room_versions }));
  const matches = (some: Plan) => planInstances(scenarios, { ...some, targets: offered }).length > 0;
  const lost = plan.ids?.find((id) => !matches({ seed: plan.seed, ids: [id] }));
  if (lost !== undefined) {
    const near = nearest(
      lost,
      scenarios.map(({ id }) => id),
    );
    const hint = near === undefined ? "see list scenarios" : `did you mean \`${near}\`?`;
    return `no scenario is called \`${lost}\`; ${hint}`;
  }
  return matches(plan) ? undefined : "nothing matches: no scenario has that name and room version; see list scenarios";
}

/** Where a new run is written. Throws UsageError where there is something already. */
function newFolder(name: string, cwd: string): string {
  const folder = resolve(cwd, name);
  if (existsSync(folder))
    throw new UsageError(`--out ${folder}: it exists already; a run is never written over another`);
  return folder;
}

/** Throws UsageError where no folder can be made. */
function makeRunFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new UsageError(`--out ${folder}: cannot be written${code}; give another folder`);
  }
}

/** Runs to the end, or to the signal that stops it. Leaves no folder when the servers could not be had. */
async function played(options: Omit<ExecuteOptions, "signal" | "progress">, io: Io): Promise<void> {
  const progress = progressOn(io);
  let began = false;
  const started: typeof progress.started = (servers, instances) => {
    began = true;
    progress.started(servers, instances);
  };
  try {
    await untilStopped((signal) => execute({ ...options, signal, progress: { ...progress, started } }), io);
  } catch (error) {
    if (!began) rmSync(options.folder, { recursive: true, force: true });
    throw error;
  }
}

function progressOn(io: Io): Progress {
  if (!process.stderr.isTTY) return plainProgress(io);
  const write = (text: string) => process.stderr.write(text);
  return liveProgress(write, () => process.stderr.columns);
}

type Plan = Omit<PlanOptions, "targets">;

function planOf(args: RunArguments, cwd: string): Plan {
  const grep = patternOf(args.grep);
  const shard = shardOf(args.shard);
  return {
    seed: args.seed ?? randomBytes(4).toString("hex"),
    repeat: countOf("repeat", args.repeat),
    ...(args.scenario.length === 0 ? {} : { ids: args.scenario.map((name) => asListed(name, cwd)) }),
    ...(args.roomVersion === undefined ? {} : { roomVersions: args.roomVersion }),
    ...(grep === undefined ? {} : { grep }),
    ...(shard === undefined ? {} : { shard }),
  };
}

/** A file or folder as the list of scenarios calls it: seen from the working directory. */
function asListed(name: string, cwd: string): string {
  const path = resolve(cwd, name);
  return existsSync(path) ? relative(cwd, path).split(sep).join("/") : name;
}

function aboutOf(args: RunArguments, id: string, seed: string): ExecuteOptions["about"] {
  const image = args.image === undefined ? [] : ["--image", args.image];
  return {
    id,
    seed,
    command: process.argv.slice(2),
    repeat: [
      ...args.target.flatMap((target) => ["--target", target]),
      ...image,
      ...args.defect.flatMap((defect) => ["--defect", defect]),
    ],
    tool: { name: "concordat", version: packageVersion() },
    host: { platform: `${process.platform} ${process.arch}`, node: process.version },
  };
}

function baselineOf(file: string): Baseline {
  try {
    return readBaseline(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`--baseline ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function finished(report: RunJson, args: RunArguments, baseline: Baseline | undefined, io: Io): ExitCode {
  io.out(args.json ? JSON.stringify(report) : renderText(report));
  if (baseline === undefined) return exitCode(report, { failOn: args.failOn });
  const differences = differencesFrom(baseline, report);
  for (const difference of differences) io.err(difference);
  return differences.length > 0 || !report.run.complete ? EXIT.failed : EXIT.ok;
}

function stampOf(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
