import type { OwedExpectation } from "../../src/evidence/journal-entry.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { type ExecuteOptions, execute } from "../../src/runner/execute.js";
import type { Progress } from "../../src/runner/play.js";
import type { ExpectationCall, Scenario, Seat, StepCall } from "../../src/scenario/model.js";
import type { TargetFile } from "../../src/targets/target-document.js";
import { shippedTarget } from "./shipped-target.js";

const PLACE = { file: "scenarios/spec/small.yaml", line: 1, column: 1 };
export const TARGET: Seat = { kind: "target", allows: [], behaviours: [] };
export const PEER: Seat = { kind: "peer", allows: [], behaviours: [] };

/** A scenario with one server under test and one peer, unless said otherwise. */
export function smallScenario(id: string, steps: readonly StepCall[], more: Partial<Scenario> = {}): Scenario {
  return {
    id,
    file: PLACE.file,
    title: `The story of ${id}`,
    purpose: "To be run in specs.",
    covers: [],
    preset: "testing",
    exclusive: false,
    deadlineMs: 20_000,
    seats: { server: TARGET, peer: PEER },
    cast: {},
    given: [],
    steps,
    detects: [],
    ...more,
  };
}

export function call(id: string, verb: string, given: JsonObject, ...expect: readonly ExpectationCall[]): StepCall {
  return { id, do: verb, arguments: given, expect, place: PLACE };
}

export function owes(
  of: string,
  check: string,
  given: JsonObject = {},
  more: Partial<OwedExpectation> = {},
): ExpectationCall {
  const { requirement = "FED-KEY-001", level = "must", impact = "blocks" } = more;
  return { check, arguments: given, level, requirement, of, impact, place: PLACE };
}

/** A peer asks the server for its version, and more is owed of the answer. */
export function asksVersion(id: string, ...expect: readonly ExpectationCall[]): StepCall {
  return call(id, "request", { by: "peer", to: "server", path: "/_matrix/federation/v1/version" }, ...expect);
}

/** The embedded target, as far as said with other declarations. */
export async function embedded(more: Partial<TargetFile> = {}): Promise<TargetFile> {
  return { ...(await shippedTarget("embedded")), ...more };
}

export interface SmallRun
  extends Partial<
    Pick<ExecuteOptions, "defects" | "workers" | "plan" | "signal" | "targets" | "limits" | "processes" | "patienceMs">
  > {
  readonly progress?: Partial<Progress>;
  readonly target?: Partial<TargetFile>;
}

/** Runs scenarios on embedded servers into a folder. */
export async function runSmall(
  folder: string,
  scenarios: readonly Scenario[],
  options: SmallRun = {},
): Promise<number> {
  const { progress, target, ...rest } = options;
  return execute({
    folder,
    scenarios,
    targets: [await embedded(target)],
    plan: { seed: "spec" },
    workers: 3,
    about: {
      id: `spec${process.pid}`,
      seed: "spec",
      command: ["run"],
      tool: { name: "concordat", version: "0" },
      host: {},
    },
    signal: new AbortController().signal,
    now: Date.now,
    progress: { started() {}, began() {}, ended() {}, ...progress },
    ...rest,
  });
}
