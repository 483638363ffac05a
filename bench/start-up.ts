import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openLab } from "../src/lab/open-lab.js";
import { startTargets } from "../src/targets/start.js";
import { readTargetFile } from "../src/targets/target-file.js";
import { type Measurement, median, milliseconds, repeated } from "./measurement.js";

const ROUNDS = 5;
const COMMAND_ROUNDS = 3;
const BUDGET_MS = 8_000;

/** How long it takes until two embedded servers answer, and until the command for a run has them and begins. */
export async function benchStartUp(project: string): Promise<Measurement[]> {
  const servers = await repeated(ROUNDS, BUDGET_MS, () => twoServers(join(project, "targets")));
  const built = existsSync(join(project, "dist/cli/main.js"));
  const command = built ? ["dist/cli/main.js"] : ["--import", "tsx", "src/cli/main.ts"];
  const runs = await repeated(COMMAND_ROUNDS, BUDGET_MS, () => untilInstances(project, command));
  return [
    {
      name: "start-up of two embedded servers",
      value: milliseconds(median(servers)),
      unit: "ms",
      how: `lab with its authority and tap, servers that answer; rounds: ${servers.length}`,
    },
    {
      name: "start-up of a default run",
      value: milliseconds(median(runs)),
      unit: "ms",
      how: `node ${command.join(" ")} run, until its first instance begins; rounds: ${runs.length}`,
    },
  ];
}

async function twoServers(targets: string): Promise<number> {
  const stop = new AbortController();
  const recorder = { record: () => "x" };
  const start = performance.now();
  const lab = await openLab({
    ...{ runId: "bench", naming: "dns", docker: false, recorder, note: () => undefined, signal: stop.signal },
  });
  try {
    const target = await readTargetFile(join(targets, "embedded.yaml"));
    const options = { lab, preset: "testing", signal: stop.signal } as const;
    const labels = ["hs1", "hs2"];
    const servers = await startTargets(
      labels.map((label) => ({ target, options: { ...options, label, seed: label } })),
    );
    const answers = await Promise.all(servers.map(({ clientUrl }) => fetch(`${clientUrl}/_matrix/client/versions`)));
    const taken = performance.now() - start;
    if (!answers.every(({ ok }) => ok)) throw new Error("a server did not answer");
    await Promise.all(servers.map((server) => server.stop()));
    return taken;
  } finally {
    await lab.close();
  }
}

async function untilInstances(project: string, command: readonly string[]): Promise<number> {
  const parent = mkdtempSync(join(tmpdir(), "concordat-bench-"));
  const start = performance.now();
  const args = [...command, "run", "--seed", "bench", "--out", join(parent, "run")];
  const child = spawn(process.execPath, args, { cwd: project, stdio: ["ignore", "ignore", "pipe"] });
  try {
    await lineOf(child, /^[0-9]+ scenario instances$/);
    return performance.now() - start;
  } finally {
    await ended(child);
    rmSync(parent, { recursive: true, force: true });
  }
}

function lineOf(child: ChildProcess, wanted: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.stderr === null) return reject(new Error("there is no standard error to read"));
    const said: string[] = [];
    const lines = createInterface({ input: child.stderr });
    lines.on("line", (line) => (wanted.test(line) ? resolve() : said.push(line)));
    lines.once("close", () => reject(new Error(`the run ended before it began:\n${said.join("\n")}`)));
    child.once("error", reject);
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
