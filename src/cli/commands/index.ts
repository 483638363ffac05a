import type { Command } from "../command.js";
import { clean } from "./clean.js";
import { explain } from "./explain.js";
import { fuzz } from "./fuzz.js";
import { init } from "./init.js";
import { judge } from "./judge.js";
import { lint } from "./lint.js";
import { list } from "./list.js";
import { mutants } from "./mutants.js";
import { report } from "./report.js";
import { run } from "./run.js";

/** Every command, in the order in which the help shows them. */
export const COMMANDS: readonly Command[] = [run, list, explain, lint, mutants, fuzz, judge, report, clean, init];
