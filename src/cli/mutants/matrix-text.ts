import { table } from "../table.js";
import type { Cell, MutantResult } from "./outcome.js";

/** The matrix for people, a row for each defect: who caught it, what else it turned red, how many stayed as they were. */
export function matrixLines(results: readonly MutantResult[]): readonly string[] {
  const head = ["defect", "breaks", "tried", "as before", "not tried", "also red", "caught by"];
  return table([head, ...results.map(row)]);
}

function row({ defect, requirement, cells, named, caughtBy, leftOut }: MutantResult): string[] {
  const of = (...wanted: readonly Cell[]) => Object.keys(cells).filter((id) => wanted.includes(cells[id] ?? "open"));
  const also = of("caught", "red").filter((id) => !named.includes(id));
  return [
    defect,
    requirement,
    String(Object.keys(cells).length),
    String(of("green", "open").length),
    String(leftOut),
    String(also.length),
    caughtBy.length > 0 ? caughtBy.join(", ") : "nobody",
  ];
}
