import type { Finding } from "../define.js";
import { cut } from "../sentences.js";
import type { SeenExchange } from "../view.js";

const MOST_PROBLEMS = 5;
const LONGEST_PROBLEM = 400;

/** Holds when there are no problems; otherwise names the first few. */
export function findingOf(exchange: SeenExchange, expected: string, problems: readonly string[]): Finding {
  const exchanges = [exchange.id];
  if (problems.length === 0) return { holds: true, expected, actual: "so it is", exchanges };
  const more = problems.length > MOST_PROBLEMS ? ` (and ${problems.length - MOST_PROBLEMS} more)` : "";
  return {
    holds: false,
    expected,
    actual: `${problems
      .slice(0, MOST_PROBLEMS)
      .map((problem) => cut(problem, LONGEST_PROBLEM))
      .join("; ")}${more}`,
    exchanges,
  };
}

/** The evidence does not tell, and why. */
export function cannotTell(exchange: SeenExchange, expected: string, why: string): Finding {
  return { holds: "unknown", expected, actual: why, exchanges: [exchange.id] };
}
