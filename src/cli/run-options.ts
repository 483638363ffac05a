import type { Argv } from "yargs";
import { RENDERERS, type RendererName } from "../report/index.js";
import type { TargetFile } from "../targets/target-document.js";
import { UsageError } from "./command.js";
import { DEFAULT_REPORTERS } from "./finish-run.js";

const LEAST_REPEAT = 1;
/** How many instances run at a time unless told: Concordat's own servers keep it busy, others leave it time while they work. */
const WORKERS = { own: 6, elsewhere: 9 };

/** The options of `run`, as yargs gives them. */
export type RunArguments = ReturnType<ReturnType<typeof runOptions>["parseSync"]>;

/** The one value of an option; throws UsageError where it is given twice. */
export function only<T>(option: string) {
  return (value: unknown): T => {
    if (Array.isArray(value)) throw new UsageError(`--${option} is given twice`);
    return value as T;
  };
}

const text = (option: string) => ({ type: "string", coerce: only<string | undefined>(option) }) as const;

export function runOptions(yargs: Argv) {
  return yargs
    .positional("scenario", {
      type: "string",
      array: true,
      describe: "Ids, files or folders; all unless given",
      default: [] as string[],
    })
    .option("target", {
      type: "string",
      array: true,
      default: ["embedded"],
      describe: "A target's name or file; several make a matrix",
    })
    .option("image", {
      ...text("image"),
      describe: "The image for container targets, instead of the one in their file",
    })
    .option("room-version", { type: "string", array: true, describe: "Only these room versions" })
    .option("grep", { ...text("grep"), describe: "Only instances whose id or title matches this regular expression" })
    .option("workers", {
      type: "number",
      coerce: only<number>("workers"),
      describe: `How many instances run at a time: ${WORKERS.own} with Concordat's own servers alone, else ${WORKERS.elsewhere}, unless given`,
    })
    .option("seed", { ...text("seed"), describe: "Makes a run repeatable; drawn unless given" })
    .option("out", { ...text("out"), describe: "The folder of the run; a new one below reports/ unless given" })
    .option("reporter", {
      type: "string",
      coerce: only<string>("reporter"),
      default: DEFAULT_REPORTERS.join(","),
      describe: `Renderings, by comma: ${Object.keys(RENDERERS).join(", ")}`,
    })
    .option("baseline", {
      ...text("baseline"),
      describe: "A baseline.json (a rendering of an earlier run): only what differs from it exits with 1",
    })
    .option("fail-on", {
      choices: ["fail", "warn"] as const,
      coerce: only<"fail" | "warn">("fail-on"),
      default: "fail" as const,
      describe: "The mildest verdict that exits with 1",
    })
    .option("shard", { ...text("shard"), describe: "Only the i-th of n parts: i/n" })
    .option("repeat", {
      type: "number",
      coerce: only<number>("repeat"),
      default: LEAST_REPEAT,
      describe: "How often each instance is run",
    })
    .option("defect", {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "Switches a defect on in embedded targets",
    })
    .option("json", { type: "boolean", default: false, describe: "Prints run.json to standard output" });
}

/** Names of renderings; throws UsageError for one that does not exist. */
export function reportersOf(text: string): readonly RendererName[] {
  return text
    .split(",")
    .filter((name) => name !== "")
    .map((name) => {
      if (Object.hasOwn(RENDERERS, name)) return name as RendererName;
      throw new UsageError(`--reporter ${name}: known are ${Object.keys(RENDERERS).join(", ")}`);
    });
}

/** `2/5`; throws UsageError for anything else. */
export function shardOf(text: string | undefined): { readonly index: number; readonly count: number } | undefined {
  if (text === undefined) return undefined;
  const [, index, count] = /^([1-9][0-9]*)\/([1-9][0-9]*)$/.exec(text) ?? [];
  if (index === undefined || count === undefined || Number(index) > Number(count)) {
    throw new UsageError(`--shard ${text}: give i/n with 1 ≤ i ≤ n, such as 1/4`);
  }
  return { index: Number(index), count: Number(count) };
}

/** A whole number of at least 1; throws UsageError for anything else. */
export function countOf(option: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new UsageError(`--${option} takes a whole number of at least 1`);
}

/** How many instances run at a time. Throws UsageError. */
export function workersOf(given: number | undefined, targets: readonly Pick<TargetFile, "driver">[]): number {
  if (given !== undefined) return countOf("workers", given);
  return targets.every(({ driver }) => driver === "embedded") ? WORKERS.own : WORKERS.elsewhere;
}

/** Throws UsageError for what is no regular expression. */
export function patternOf(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined;
  try {
    return new RegExp(text, "u");
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`--grep ${text}: ${error.message}`);
    throw error;
  }
}
