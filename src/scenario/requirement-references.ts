import { nearest } from "../schema/nearest.js";
import type { Problem } from "../schema/problem.js";
import type { Path, Source } from "../schema/source.js";
import type { Catalogue, ExpectationCall, Scenario } from "./model.js";
import { suggestion } from "./validate.js";

/** What is wrong with the requirements that a scenario names: unknown ones, wrong levels, gaps in `covers`. */
export function requirementProblems(scenario: Scenario, source: Source, catalogue: Catalogue): Problem[] {
  const expectations = expectationsOf(scenario);
  return [
    ...scenario.covers.flatMap((id, index) => unknownRequirement(id, ["covers", index], source, catalogue)),
    ...expectations.flatMap(({ expectation, path }) =>
      expectationProblems(expectation, path, scenario, source, catalogue),
    ),
    ...nothingExpected(expectations, source),
  ];
}

interface PlacedExpectation {
  readonly expectation: ExpectationCall;
  readonly path: Path;
}

function expectationsOf(scenario: Scenario): PlacedExpectation[] {
  return (["given", "steps"] as const).flatMap((key) =>
    scenario[key].flatMap((call, index) =>
      call.expect.map((expectation, at) => ({ expectation, path: [key, index, "expect", at] })),
    ),
  );
}

function expectationProblems(
  { requirement, level, of }: ExpectationCall,
  path: Path,
  { covers, seats }: Scenario,
  source: Source,
  catalogue: Catalogue,
): Problem[] {
  const problems = unknownRequirement(requirement, [...path, level], source, catalogue);
  const known = catalogue.requirements.get(requirement);
  if (known !== undefined && known.level !== level) {
    const message = `\`${requirement}\` is a ${known.level.toUpperCase()} in the catalogue, not a ${level.toUpperCase()}`;
    problems.push({
      place: source.placeOfKey([...path, level]),
      message,
      suggestion: `${known.level}: ${requirement}`,
    });
  }
  if (known !== undefined && !covers.includes(requirement)) {
    problems.push({
      place: source.placeOf([...path, level]),
      message: `\`covers\` lacks \`${requirement}\`, which this expectation claims`,
    });
  }
  const seat = seats[of];
  if (seat === undefined) {
    problems.push({
      place: source.placeOf([...path, "of"]),
      message: `no seat is called \`${of}\``,
      ...suggestion(nearest(of, Object.keys(seats))),
    });
  } else if (seat.kind === "peer") {
    problems.push({
      place: source.placeOf([...path, "of"]),
      message: `\`${of}\` is a peer: only a server under test owes anything`,
    });
  }
  return problems;
}

function unknownRequirement(id: string, path: Path, source: Source, { requirements }: Catalogue): Problem[] {
  if (requirements.has(id)) return [];
  return [
    {
      place: source.placeOf(path),
      message: `unknown requirement \`${id}\``,
      ...suggestion(nearest(id, requirements.keys())),
    },
  ];
}

function nothingExpected(expectations: readonly PlacedExpectation[], source: Source): Problem[] {
  if (expectations.length > 0) return [];
  return [
    { place: source.placeOfKey(["steps"]), message: "no step has an `expect`: the scenario would prove nothing" },
  ];
}
