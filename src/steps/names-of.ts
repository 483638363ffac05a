import type { StepContext } from "./context.js";
import type { Names } from "./names.js";

/** The names that a step may refer to. */
export function namesOf(context: StepContext): Names {
  return { instance: context.instance, binding: (name) => context.boundOrNot(name) };
}
