import type { Measurement } from "./measurement.js";

/** The most memory that this process has held so far. */
export function benchMemory(upTo: string): Measurement {
  const value = Math.round(process.resourceUsage().maxRSS / 1024);
  return { name: `peak memory, ${upTo}`, value, unit: "MiB", how: "maximum resident set of the process so far" };
}
