import { CycleError } from "../matrix/dag/topological.js";
import { nearest } from "../schema/nearest.js";
import type { Problem } from "../schema/problem.js";
import type { Path, Source } from "../schema/source.js";
import { alterationProblems, exclusiveProblems } from "./exclusive-problems.js";
import type { Catalogue, Scenario } from "./model.js";
import { nameProblems } from "./names-in-calls.js";
import { ordersOf } from "./orders.js";
import { requirementProblems } from "./requirement-references.js";
import { suggestion } from "./validate.js";

/** What a scenario that conforms to the schema still gets wrong: names of things that are not there, and claims that do not fit. */
export function referenceProblems(scenario: Scenario, source: Source, catalogue: Catalogue): Problem[] {
  const problems = [
    ...idProblems(scenario, source),
    ...seatProblems(scenario, source),
    ...castProblems(scenario, source),
    ...stepIdProblems(scenario, source),
    ...orderProblems(scenario, source),
    ...detectsProblems(scenario, source, catalogue),
    ...requirementProblems(scenario, source, catalogue),
    ...nameProblems(scenario, source, catalogue),
    ...exclusiveProblems(scenario),
    ...alterationProblems(scenario),
  ];
  return problems.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

/** The id that a file below a folder `scenarios` must have; elsewhere only its last part is bound to the file's name. */
function idProblems({ id, file }: Scenario, source: Source): Problem[] {
  const parts = file
    .replaceAll("\\", "/")
    .replace(/\.ya?ml$/u, "")
    .split("/");
  const root = parts.lastIndexOf("scenarios");
  const expected = root >= 0 ? parts.slice(root + 1).join("/") : parts.at(-1);
  const actual = root >= 0 ? id : id.split("/").at(-1);
  if (actual === expected) return [];
  return [
    {
      place: source.placeOf(["id"]),
      message: `\`id\` must end as the file's place does: \`${expected}\`, not \`${actual}\``,
    },
  ];
}

function seatProblems({ seats }: Scenario, source: Source): Problem[] {
  const problems: Problem[] = [];
  for (const [seat, { kind }] of Object.entries(seats)) {
    if (kind === "peer") continue;
    for (const key of ["allows", "behaviours", "named"]) {
      const path: Path = ["seats", seat, key];
      if (source.has(path))
        problems.push({
          place: source.placeOfKey(path),
          message: `only peers have \`${key}\`; \`${seat}\` is a target`,
        });
    }
  }
  if (!Object.values(seats).some(({ kind }) => kind === "target")) {
    problems.push({ place: source.placeOfKey(["seats"]), message: "no seat is a `target`: nothing would be tested" });
  }
  return problems;
}

function castProblems({ cast, seats }: Scenario, source: Source): Problem[] {
  return Object.entries(cast).flatMap(([name, { at }]) => {
    const problems: Problem[] = [];
    if (seats[at] === undefined) {
      const place = source.placeOf(["cast", name, "at"]);
      problems.push({ place, message: `no seat is called \`${at}\``, ...suggestion(nearest(at, Object.keys(seats))) });
    }
    if (seats[name] !== undefined) {
      problems.push({ place: source.placeOfKey(["cast", name]), message: `\`${name}\` is a seat already` });
    }
    return problems;
  });
}

function stepIdProblems({ given, steps }: Scenario, source: Source): Problem[] {
  const seen = new Set<string>();
  const calls = [
    ...given.map((call, index) => ({ call, path: ["given", index, "id"] })),
    ...steps.map((call, index) => ({ call, path: ["steps", index, "id"] })),
  ];
  return calls.flatMap(({ call, path }) => {
    if (!seen.has(call.id)) {
      seen.add(call.id);
      return [];
    }
    return [{ place: source.placeOf(path), message: `another step is called \`${call.id}\` already` }];
  });
}

function orderProblems(scenario: Scenario, source: Source): Problem[] {
  try {
    ordersOf(scenario);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof CycleError)) throw error;
    return [{ place: source.placeOfKey(["steps"]), message: error.message }];
  }
}

function detectsProblems({ detects }: Scenario, source: Source, catalogue: Catalogue): Problem[] {
  if (detects.length === 0) {
    const message = "`detects` is empty: without a defect that turns it red, nobody knows that the scenario can fail";
    return [{ place: source.placeOf(["detects"]), message }];
  }
  return detects.flatMap((defect, index) =>
    catalogue.defects.has(defect)
      ? []
      : [
          {
            place: source.placeOf(["detects", index]),
            message: `unknown defect \`${defect}\``,
            ...suggestion(nearest(defect, catalogue.defects)),
          },
        ],
  );
}
