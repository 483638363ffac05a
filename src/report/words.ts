import type { Impact, Level, Verdict } from "../evidence/verdict.js";

export interface VerdictWords {
  /** The word that stands for it everywhere; never colour alone. */
  readonly word: string;
  /** One character that tells it apart without colour. */
  readonly symbol: string;
  readonly meaning: string;
}

export const VERDICT_WORDS: Readonly<Record<Verdict, VerdictWords>> = {
  pass: { word: "pass", symbol: "✓", meaning: "The server did what the requirement demands." },
  fail: { word: "fail", symbol: "✗", meaning: "A mandatory requirement (MUST) is broken, and the evidence shows it." },
  warn: { word: "warn", symbol: "▲", meaning: "A recommendation (SHOULD) is not followed." },
  inconclusive: {
    word: "inconclusive",
    symbol: "?",
    meaning: "It could not be told: something needed beforehand did not happen, or the evidence does not say.",
  },
  "not-applicable": {
    word: "not applicable",
    symbol: "–",
    meaning:
      "Excluded before the run, by the target file or the profile, or a room version that the server does not offer.",
  },
  "not-run": { word: "not run", symbol: "○", meaning: "It was planned, but was not carried out." },
  review: { word: "review", symbol: "◆", meaning: "A person must look at the evidence and decide." },
  error: {
    word: "error",
    symbol: "■",
    meaning: "Concordat itself went wrong. This says nothing about the server under test.",
  },
};

export const LEVEL_WORDS: Readonly<Record<Level, string>> = { must: "MUST", should: "SHOULD", may: "MAY" };

export const IMPACT_WORDS: Readonly<Record<Impact, string>> = {
  blocks: "blocks federation",
  degrades: "degrades federation",
  none: "no effect on federation",
  unknown: "effect on federation unknown",
};

/** `1 scenario`, `2 scenarios`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
