import type { Command } from "../command.js";
import { explain } from "./explain.js";
import { init } from "./init.js";
import { lint } from "./lint.js";
import { list } from "./list.js";
import { run } from "./run.js";

/** Every command, in the order in which the help shows them. */
export const COMMANDS: readonly Command[] = [run, list, explain, lint, init];
