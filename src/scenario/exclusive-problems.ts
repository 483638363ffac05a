import type { Problem } from "../schema/problem.js";
import type { Scenario } from "./model.js";

/** Servers under test are shared: who cuts the path between two of them cuts it for every scenario that runs at the time. */
export function exclusiveProblems({ given, steps, seats, exclusive }: Scenario): Problem[] {
  if (exclusive) return [];
  return [...given, ...steps].flatMap(({ do: verb, arguments: args, place }) => {
    const between = verb === "partition" && Array.isArray(args.between) ? args.between.map(String) : [];
    const shared = between.length > 0 && between.every((seat) => seats[seat]?.kind === "target");
    return shared
      ? [{ place, message: "cutting the path between two targets needs `exclusive: true` in the scenario" }]
      : [];
  });
}
