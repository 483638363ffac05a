import type { NetLimits } from "../../../src/net/limits.js";
import type { Outcome, Way } from "./way.js";

/** Short ones, so that the whole battery takes seconds. */
export const LIMITS: Partial<NetLimits> = {
  maxBodyBytes: 2 * 1024 * 1024,
  maxHeaderBytes: 32 * 1024,
  timeoutMs: 2000,
  connectTimeoutMs: 1000,
};

/** How many hostile servers are met at a time: more would only wait for the processor that all of them share. */
export const AT_A_TIME = 10;

/** No meeting may take longer, whatever the server does; the limits add up to less, the rest is for a busy machine. */
export const MOST_MS = 15_000;

export function outcomesOf({ outcome }: Way): readonly Outcome[] {
  return typeof outcome === "object" ? outcome : [outcome];
}
