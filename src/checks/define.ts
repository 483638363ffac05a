import type { Static } from "@sinclair/typebox";
import type { StepContext } from "../steps/context.js";
import type { InputSchema } from "../steps/define.js";
import type { JudgeView } from "./view.js";

/** What a check found. `exchanges` are the ids of those that show it. */
export type Finding =
  | { readonly holds: true; readonly expected: string; readonly actual: string; readonly exchanges?: readonly string[] }
  | {
      readonly holds: false;
      readonly expected: string;
      readonly actual: string;
      readonly exchanges?: readonly string[];
    }
  /** The evidence does not say, and why. */
  | {
      readonly holds: "unknown";
      readonly expected: string;
      readonly actual: string;
      readonly exchanges?: readonly string[];
    };

export interface Check {
  readonly name: string;
  readonly summary: string;
  readonly input: InputSchema;
  /** True for checks of the step's own response: they are judged also when the step failed. */
  readonly ofResponse: boolean;
  /** Looks where the evidence must still be gathered (reads a client's view, waits for an event), and appends observations. */
  observe?(context: StepContext, input: never): Promise<void>;
  /** A function of the evidence alone: the same answer live and in `concordat judge`. */
  judge(view: JudgeView, input: never): Finding;
}

export function defineCheck<S extends InputSchema>(check: {
  readonly name: string;
  readonly summary: string;
  readonly input: S;
  readonly ofResponse?: boolean;
  observe?(context: StepContext, input: Static<S>): Promise<void>;
  judge(view: JudgeView, input: Static<S>): Finding;
}): Check {
  return { ofResponse: false, ...check } as Check;
}
