import type { Argv } from "yargs";
import { RENDERERS, type RendererName } from "../report/index.js";
import { UsageError } from "./command.js";
import { DEFAULT_REPORTERS } from "./finish-run.js";

const LEAST_REPEAT = 1;
const DEFAULT_WORKERS = 6;

/** The options of `run`, as yargs gives them. */
export type RunArguments = ReturnType<ReturnType<typeof runOptions>["parseSync"]>;

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
    .option("image", { type: "string", describe: "The image for container targets, instead of the one in their file" })
    .option("room-version", { type: "string", array: true, describe: "Only these room versions" })
    .option("grep", { type: "string", describe: "Only instances whose id or title matches this regular expression" })
    .option("workers", { type: "number", default: DEFAULT_WORKERS, describe: "How many instances run at a time" })
    .option("seed", { type: "string", describe: "Makes a run repeatable; drawn unless given" })
    .option("out", { type: "string", describe: "The folder of the run; a new one below reports/ unless given" })
    .option("reporter", {
      type: "string",
      default: DEFAULT_REPORTERS.join(","),
      describe: `Renderings, by comma: ${Object.keys(RENDERERS).join(", ")}`,
    })
    .option("baseline", {
      type: "string",
      describe: "A baseline.json (a rendering of an earlier run): only what differs from it exits with 1",
    })
    .option("fail-on", {
      choices: ["fail", "warn"] as const,
      default: "fail" as const,
      describe: "The mildest verdict that exits with 1",
    })
    .option("shard", { type: "string", describe: "Only the i-th of n parts: i/n" })
    .option("repeat", { type: "number", default: LEAST_REPEAT, describe: "How often each instance is run" })
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
