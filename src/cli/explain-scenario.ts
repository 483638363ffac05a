import type { Requirements } from "../requirements/catalogue.js";
import type { ExpectationCall, Scenario, StepCall } from "../scenario/model.js";
import { STEPS } from "../steps/index.js";

/** What a scenario does and demands, in plain words. */
export function explainScenario(scenario: Scenario, requirements: Requirements): string {
  const { id, title, purpose, roomVersions, seats, cast, given, steps, detects, file } = scenario;
  const people = (seat: string) => Object.entries(cast).flatMap(([name, { at }]) => (at === seat ? [name] : []));
  return [
    `${id}: a scenario (${file})`,
    "",
    `${title}.`,
    purpose,
    "",
    ...(roomVersions === undefined ? [] : [`Room versions: ${roomVersions.join(", ")}`]),
    "Seats:",
    ...Object.entries(seats).map(([seat, { kind }]) => {
      const users = people(seat);
      const role = kind === "target" ? "a server under test" : "played by Concordat";
      return `  ${seat}: ${role}${users.length === 0 ? "" : `, home of ${users.join(", ")}`}`;
    }),
    "",
    ...(given.length === 0 ? [] : ["Given:", ...given.flatMap((call) => callLines(call, requirements)), ""]),
    "Steps:",
    ...steps.flatMap((call) => callLines(call, requirements)),
    "",
    `Must turn red under: ${detects.join(", ")}`,
  ].join("\n");
}

function callLines(call: StepCall, requirements: Requirements): string[] {
  const step = STEPS.find(({ name }) => name === call.do);
  const does = step?.describe(call.arguments as never) ?? call.do;
  const title = call.title === undefined ? does : `${call.title} (${does})`;
  return [`  ${call.id}: ${title}`, ...call.expect.map((expectation) => expectationLine(expectation, requirements))];
}

function expectationLine({ check, level, requirement, of }: ExpectationCall, requirements: Requirements): string {
  const text = requirements.get(requirement)?.text ?? "";
  return `    ${of} ${level} pass ${check} (${requirement}: ${text})`;
}
