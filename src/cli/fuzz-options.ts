import type { Argv } from "yargs";
import { UsageError } from "./command.js";

const DEFAULT_COUNT = 100;
const DEFAULT_WORKERS = 4;
const DEFAULT_DEADLINE = 30;
/** The versions in which state resolution or the rules it rests upon change, from the second algorithm on. */
const DEFAULT_VERSIONS = ["2", "6", "8", "10", "11", "12"];

/** The options of `fuzz`, as yargs gives them. */
export type FuzzArguments = ReturnType<ReturnType<typeof fuzzOptions>["parseSync"]>;

export function fuzzOptions(yargs: Argv) {
  return yargs
    .positional("what", { choices: ["state-resolution"] as const, demandOption: true, describe: "What is tried" })
    .option("target", {
      type: "string",
      array: true,
      default: ["embedded"],
      describe: "A target's name or file; two are compared with each other, without the oracle",
    })
    .option("resolver", {
      type: "string",
      describe: "A command line that resolves states, instead of a server (docs/fuzzing.md)",
    })
    .option("sets", {
      choices: ["histories", "made"] as const,
      array: true,
      default: ["histories", "made"] as const,
      describe: "What a resolver is given: small histories, or states made of large ones",
    })
    .option("deadline", {
      type: "number",
      default: DEFAULT_DEADLINE,
      describe: "How many seconds a resolver may take over one answer",
    })
    .option("image", { type: "string", describe: "The image for container targets, instead of the one in their file" })
    .option("room-version", { type: "string", array: true, default: DEFAULT_VERSIONS, describe: "These room versions" })
    .option("seed", { type: "string", describe: "Makes the histories repeatable; drawn unless given" })
    .option("count", { type: "number", default: DEFAULT_COUNT, describe: "How many histories of each room version" })
    .option("from", { type: "number", default: 1, describe: "The number of the first history, to go on from there" })
    .option("only", { type: "number", describe: "The number of the only history" })
    .option("workers", {
      type: "number",
      default: DEFAULT_WORKERS,
      describe: "How many histories are played at a time",
    })
    .option("as-found", {
      type: "boolean",
      default: false,
      describe: "What differs is written as it was found, not made smaller, which takes a hundred plays",
    })
    .option("out", { type: "string", describe: "The folder for what differs; a new one below reports/ unless given" })
    .option("defect", {
      type: "string",
      array: true,
      default: [] as string[],
      describe: "Switches a defect on in embedded targets",
    });
}

/** The numbers of the histories; throws UsageError for what makes none. */
export function rangeOf({ from, count, only }: Pick<FuzzArguments, "from" | "count" | "only">) {
  const whole = (option: string, value: number) => {
    if (Number.isInteger(value) && value >= 1) return value;
    throw new UsageError(`--${option} takes a whole number of at least 1`);
  };
  if (only !== undefined) return { from: whole("only", only), count: 1 };
  return { from: whole("from", from), count: whole("count", count) };
}
