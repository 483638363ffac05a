import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type Baseline, differencesFrom, readBaseline } from "../../report/baseline.js";
import { exitCode } from "../../report/roll-up.js";
import type { RunJson } from "../../report/run-json.js";
import { renderText } from "../../report/text.js";
import { type ExecuteOptions, execute } from "../../runner/execute.js";
import { type PlanOptions, planInstances } from "../../scenario/plan.js";
import type { TargetFile } from "../../targets/target-document.js";
import { defineCommand, UsageError } from "../command.js";
import { defectsOf } from "../defect-choice.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { writeReports } from "../finish-run.js";
import type { Io } from "../io.js";
import { packageVersion } from "../package-version.js";
import { liveProgress, plainProgress } from "../progress.js";
import { openSoundProject, type Project } from "../project.js";
import { countOf, patternOf, type RunArguments, reportersOf, runOptions, shardOf } from "../run-options.js";
import { untilStopped } from "../stop-signals.js";
import { chosenTargets } from "../target-choice.js";

export const run = defineCommand({
  usage: "run [scenario..]",
  summary: "Tests servers and writes a report",
  build: runOptions,
  async run(args: RunArguments, io) {
    const reporters = reportersOf(args.reporter);
    const project = openSoundProject(io.cwd);
    const targets = await chosenTargets(args.target, io.cwd);
    const plan = planOf(args);
    const baseline = args.baseline === undefined ? undefined : baselineOf(resolve(io.cwd, args.baseline));
    const declared = targets.map(({ name, room_versions }) => ({ name, roomVersions: room_versions }));
    if (planInstances(project.scenarios, { ...plan, targets: declared }).length === 0) return nothingMatched(io);
    const id = randomBytes(3).toString("hex");
    const folder = resolve(io.cwd, args.out ?? join("reports", `${stampOf(new Date())}-${id}`));
    if (existsSync(folder))
      throw new UsageError(`--out ${folder}: it exists already; a run is never written over another`);
    await played({ args, project, targets, plan, folder, id }, io);
    const report = writeReports(folder, project.requirements, reporters);
    return finished(report, { folder, args, baseline }, io);
  },
});

interface Play {
  readonly args: RunArguments;
  readonly project: Project;
  readonly targets: readonly TargetFile[];
  readonly plan: Omit<PlanOptions, "targets">;
  readonly folder: string;
  readonly id: string;
}

/** Runs to the end, or to the signal that stops it. Leaves no folder when the servers could not be had. */
async function played({ args, project, targets, plan, folder, id }: Play, io: Io): Promise<void> {
  let began = false;
  const progress = process.stderr.isTTY
    ? liveProgress(
        (text) => process.stderr.write(text),
        () => process.stderr.columns,
      )
    : plainProgress(io);
  const options: Omit<ExecuteOptions, "signal"> = {
    folder,
    scenarios: project.scenarios,
    targets,
    plan,
    ...(args.image === undefined ? {} : { image: args.image }),
    ...(args.defect.length === 0 ? {} : { defects: defectsOf(args.defect) }),
    workers: countOf("workers", args.workers),
    about: aboutOf(args, id, plan.seed),
    now: Date.now,
    progress: {
      ...progress,
      started(servers, instances) {
        began = true;
        progress.started(servers, instances);
      },
    },
  };
  try {
    await untilStopped((signal) => execute({ ...options, signal }), io);
  } catch (error) {
    if (!began) rmSync(folder, { recursive: true, force: true });
    throw unwritable(error, folder);
  }
}

function unwritable(error: unknown, folder: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!["EACCES", "ENOTDIR", "EROFS", "EPERM", "ENOSPC", "ENOENT"].includes(code)) return error;
  return new UsageError(`--out ${folder}: cannot be written (${code}); give another folder`);
}

function planOf(args: RunArguments): Omit<PlanOptions, "targets"> {
  const grep = patternOf(args.grep);
  const shard = shardOf(args.shard);
  return {
    seed: args.seed ?? randomBytes(4).toString("hex"),
    repeat: countOf("repeat", args.repeat),
    ...(args.scenario.length === 0 ? {} : { ids: args.scenario }),
    ...(args.roomVersion === undefined ? {} : { roomVersions: args.roomVersion }),
    ...(grep === undefined ? {} : { grep }),
    ...(shard === undefined ? {} : { shard }),
  };
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

function nothingMatched(io: Io): ExitCode {
  io.err("nothing matches: no scenario has that id, room version or name; see list scenarios");
  return EXIT.nothing;
}

function baselineOf(file: string): Baseline {
  try {
    return readBaseline(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`--baseline ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function finished(
  report: RunJson,
  {
    folder,
    args,
    baseline,
  }: { readonly folder: string; readonly args: RunArguments; readonly baseline: Baseline | undefined },
  io: Io,
): ExitCode {
  if (args.json) io.out(JSON.stringify(report));
  else io.out(renderText(report));
  const place = relative(io.cwd, folder);
  io.err(`report: ${join(place.startsWith("..") ? folder : place, "report.html")}`);
  if (baseline === undefined) return exitCode(report, { failOn: args.failOn });
  const differences = differencesFrom(baseline, report);
  for (const difference of differences) io.err(difference);
  return differences.length > 0 || !report.run.complete ? EXIT.failed : EXIT.ok;
}

function stampOf(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
