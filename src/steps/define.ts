import type { Static, TObject, TProperties } from "@sinclair/typebox";
import type { StepContext } from "./context.js";

/** The schema that validates a step's YAML is also the source of its TypeScript type. */
export type InputSchema = TObject<TProperties>;

export interface Step {
  /** Kebab-case verb: what scenarios write after `do:`. */
  readonly name: string;
  /** One line in plain words, for `list` and `explain`. */
  readonly summary: string;
  readonly input: InputSchema;
  /** Arguments whose value is a name that the step binds. */
  readonly binds: readonly string[];
  /** What this call does, in plain words, for the report. */
  describe(input: never): string;
  run(context: StepContext, input: never): Promise<void>;
}

export function defineStep<S extends InputSchema>(step: {
  readonly name: string;
  readonly summary: string;
  readonly input: S;
  readonly binds?: readonly string[];
  describe(input: Static<S>): string;
  run(context: StepContext, input: Static<S>): Promise<void>;
}): Step {
  return { binds: [], ...step } as Step;
}
