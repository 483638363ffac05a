import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSoundProject, type Project } from "../src/cli/project.js";
import { execute } from "../src/runner/execute.js";
import { rejudge } from "../src/runner/judge-run.js";
import { type PlanOptions, planInstances } from "../src/scenario/plan.js";
import type { TargetFile } from "../src/targets/target-document.js";
import { readTargetFile } from "../src/targets/target-file.js";
import { type Measurement, median, milliseconds, repeated } from "./measurement.js";

const ROUNDS = 3;
const BUDGET_MS = 15_000;
const WORKERS = 6;
/** About so many instances are played: a part of all that is spread over all areas. */
const SAMPLE = 40;

interface Round {
  readonly instances: number;
  readonly playing: number;
  readonly judging: number;
  readonly judged: number;
}

/** A part of a default run on two embedded servers, and every verdict of it again from the evidence. */
export async function benchRuns(folder: string): Promise<Measurement[]> {
  const project = openSoundProject(folder);
  const target = await readTargetFile(join(folder, "targets", "embedded.yaml"));
  const rounds: Round[] = [];
  const shard = partOf(project, target);
  const wholes = await repeated(ROUNDS, BUDGET_MS, async () => {
    const start = performance.now();
    const round = await play(project, target, shard, rounds.length);
    rounds.push(round);
    return performance.now() - start - round.judging;
  });
  const { instances = 0, judged = 0 } = rounds[0] ?? {};
  const how = `${instances} instances, ${WORKERS} at a time, evidence on disk; rounds: ${rounds.length}`;
  const perSecond = median(rounds.map(({ playing }) => (instances / playing) * 1000));
  return [
    { name: "part of a default run, without report", value: milliseconds(median(wholes)), unit: "ms", how },
    { name: "scenario instances", value: Math.round(perSecond * 10) / 10, unit: "instances/s", how },
    {
      name: "judging a run again",
      value: milliseconds(median(rounds.map(({ judging }) => judging))),
      unit: "ms",
      how: `${judged} judgements from the journal and the evidence; rounds: ${rounds.length}`,
    },
  ];
}

type Shard = NonNullable<PlanOptions["shard"]>;

function partOf({ scenarios }: Project, { name, room_versions: roomVersions }: TargetFile): Shard {
  const all = planInstances(scenarios, { targets: [{ name, roomVersions }], seed: "bench" }).length;
  return { index: 1, count: Math.max(1, Math.round(all / SAMPLE)) };
}

async function play(project: Project, target: TargetFile, shard: Shard, number: number): Promise<Round> {
  const parent = mkdtempSync(join(tmpdir(), "concordat-bench-"));
  const folder = join(parent, "run");
  try {
    let began = Number.NaN;
    const instances = await execute({
      folder,
      scenarios: project.scenarios,
      targets: [target],
      plan: { seed: "bench", shard },
      workers: WORKERS,
      about: { id: `bench${number}`, seed: "bench", command: ["bench"] },
      signal: new AbortController().signal,
      now: Date.now,
      progress: {
        started() {
          began = performance.now();
        },
        began() {},
        ended() {},
      },
    });
    const played = performance.now();
    const { judged, problems } = rejudge(folder);
    if (problems.length > 0) throw new Error(`judged again, the run differs: ${problems.join("; ")}`);
    return { instances, playing: played - began, judging: performance.now() - played, judged };
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
