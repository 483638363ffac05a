import { Type } from "@sinclair/typebox";
import { withinTime } from "../net/time-limit.js";
import { milliseconds as written } from "../schema/durations.js";
import type { StepContext } from "./context.js";
import { DURATION } from "./durations.js";

/** How long a step or an expectation may wait, as written: `10s`, `500ms`. */
export const within = Type.Optional(
  Type.String({ pattern: DURATION, description: "How long to wait for it: `10s` unless said." }),
);

const DEFAULT = "10s";

export function milliseconds(text: string | undefined): number {
  return written(text ?? DEFAULT);
}

/** What the wait gave, or undefined when the time passed. Rejects when the scenario itself is stopped. */
export async function waitingFor<T>(
  context: StepContext,
  time: string | undefined,
  wait: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  return withinTime(Math.min(milliseconds(time), context.patienceMs), context.signal, (signal, alarm) =>
    wait(signal).catch((error: unknown) => {
      if (alarm.aborted && !context.signal.aborted) return undefined;
      throw error;
    }),
  );
}
