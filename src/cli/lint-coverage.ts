import { NOT_TESTED_CODES } from "../requirements/not-tested.js";
import type { Requirement } from "../requirements/requirement.js";
import type { Scenario } from "../scenario/model.js";
import type { Problem } from "../schema/problem.js";
import { type Coverage, coverageOf, isCovered } from "./coverage.js";

/** What is wrong with the account that the catalogue gives of itself: each row is tested, or says truly why not. */
export function coverageProblems(requirements: readonly Requirement[], scenarios: readonly Scenario[]): Problem[] {
  const coverage = coverageOf(requirements, scenarios);
  return requirements.flatMap((requirement) => {
    const tests = coverage.get(requirement.id);
    return tests !== undefined && isCovered(tests) ? staleReason(requirement, tests) : poorReason(requirement);
  });
}

function staleReason({ id, place, reasonPlace, seenBy }: Requirement, tests: Coverage): Problem[] {
  const by = [...tests.scenarios, ...tests.passive].join(", ");
  if (reasonPlace !== undefined) {
    return [{ place: reasonPlace, message: `${id} is tested by ${by}: its \`not-tested\` has to go` }];
  }
  if (!isStaticOnly(seenBy)) return [];
  return [{ place, message: `${id} is tested by ${by}: \`seen-by\` has to say what that looks at` }];
}

function poorReason({ id, place, notTested, reasonPlace, seenBy }: Requirement): Problem[] {
  if (notTested === undefined) {
    return [{ place, message: `nothing tests ${id}: it needs a scenario, a passive check or a \`not-tested\`` }];
  }
  const { code } = notTested;
  if (isStaticOnly(seenBy) && (code === "not-yet" || code === "deployment")) {
    return [
      {
        place: reasonPlace ?? place,
        message: `\`${code}\` says that ${id} could be tested from outside, \`seen-by\` that it cannot`,
      },
    ];
  }
  if (isStaticOnly(seenBy) || code !== "white-box") return [];
  return [
    {
      place: reasonPlace ?? place,
      message: `\`white-box\` says that ${id} ${NOT_TESTED_CODES[code]}, \`seen-by\` that it can`,
    },
  ];
}

function isStaticOnly(seenBy: Requirement["seenBy"]): boolean {
  return seenBy.every((way) => way === "static");
}
