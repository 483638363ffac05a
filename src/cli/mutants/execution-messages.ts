import type { Stop } from "../../runner/parent.js";
import type { Executed, Execution, ExecutionSetting } from "./execution.js";

/** What a process that plays executions is told: the first message sets it up. */
export type ToPlayer =
  | { readonly kind: "set"; readonly setting: ExecutionSetting }
  | { readonly kind: "play"; readonly number: number; readonly execution: Execution }
  | Stop;

/** What it tells of each execution. */
export type FromPlayer =
  | { readonly kind: "played"; readonly number: number; readonly executed: Executed }
  | { readonly kind: "failed"; readonly number: number; readonly message: string };
