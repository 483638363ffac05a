/** The closed set of verdicts. None is ever rewritten into another. */
export const VERDICTS = [
  "pass",
  "fail",
  "warn",
  "inconclusive",
  "not-applicable",
  "not-run",
  "review",
  "error",
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** How binding the demand is. */
export type Level = "must" | "should" | "may";

/** What a broken demand does to two federating servers. */
export type Impact = "blocks" | "degrades" | "none" | "unknown";
