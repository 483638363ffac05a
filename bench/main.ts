import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { benchConversation } from "./conversation.js";
import { benchIngest } from "./ingest.js";
import { benchLargeRoom } from "./large-room.js";
import type { Measurement } from "./measurement.js";
import { benchMemory } from "./memory.js";
import { benchPrimitives } from "./primitives.js";
import { benchRuns } from "./runs.js";
import { benchSignedRequests } from "./signed-requests.js";
import { benchStartUp } from "./start-up.js";
import { benchStateResolution } from "./state-resolution.js";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

async function measureAll(): Promise<readonly Measurement[]> {
  // Memory is the most that was ever held: what comes first is not charged with what comes later.
  return [
    ...(await benchStartUp(PROJECT)),
    ...(await benchRuns(PROJECT)),
    benchMemory("after the runs"),
    ...(await benchSignedRequests(`${PROJECT}/targets`)),
    ...benchPrimitives(),
    ...(await benchIngest()),
    ...benchLargeRoom(),
    ...(await benchConversation()),
    ...benchStateResolution(),
    benchMemory("in all"),
  ];
}

function print(measurements: readonly Measurement[]): void {
  const rows = measurements.map(({ name, value, unit, how }) => [name, value.toLocaleString("en-GB"), unit, how]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [names, values, units] = [width(0), width(1), width(2)];
  for (const [name = "", value = "", unit = "", how = ""] of rows) {
    console.log(`${name.padEnd(names)}  ${value.padStart(values)} ${unit.padEnd(units)}  ${how}`);
  }
}

const start = performance.now();
const measurements = await measureAll();
const host = { node: process.version, platform: `${process.platform} ${process.arch}`, cores: cpus().length };
const seconds = Math.round((performance.now() - start) / 1000);
if (process.argv.includes("--json")) console.log(JSON.stringify({ host, seconds, measurements }, null, 2));
else {
  print(measurements);
  console.log(`\nNode ${host.node}, ${host.platform}, ${host.cores} cores; measured in ${seconds} s`);
}
