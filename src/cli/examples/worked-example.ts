import { roomVersionRules } from "../../matrix/room-versions.js";
import type { Requirements } from "../../requirements/catalogue.js";
import type { Requirement } from "../../requirements/requirement.js";
import { rehearse } from "../../runner/rehearsal.js";
import { type RehearsedHistory, rehearsedHistories } from "../../runner/rehearsed-history.js";
import type { Scenario } from "../../scenario/model.js";
import { coverageOf } from "../coverage.js";
import type { Project } from "../project.js";
import { anyDispute, anyRefusal, type Deciding, decidingPlace } from "./deciding.js";
import { drawingLines, exampleLines } from "./example-text.js";

/** Requirements about what becomes of a room's events and state. */
const OF_STATE = /^FED-(?:AR|SR1|SR2|SR21|REJ)-/;
/** More are not tried: rehearsing takes time. */
const TRIED = 8;

/** For a requirement about a room's state: the smallest history that it decides, drawn. Empty for all others. */
export async function workedExample(requirement: Requirement, project: Project): Promise<readonly string[]> {
  if (!OF_STATE.test(requirement.id)) return [];
  const covering = new Set(coverageOf([requirement], project.scenarios).get(requirement.id)?.scenarios);
  const writing = project.scenarios.filter((one) => covering.has(one.id) && forgedBy(one) > 0);
  if (covering.size === 0) return ["", "No scenario covers it, so there is no history to draw."];
  if (writing.length === 0)
    return ["", "No scenario that covers it writes a history of its own: there is none to draw."];
  const smallestFirst = writing.sort((a, b) => forgedBy(a) - forgedBy(b)).slice(0, TRIED);
  return exampleFrom(requirement, smallestFirst, project.requirements);
}

interface Candidate {
  readonly scenario: Scenario;
  readonly history: RehearsedHistory;
  readonly place: Deciding | undefined;
}

async function exampleFrom(
  requirement: Requirement,
  scenarios: readonly Scenario[],
  requirements: Requirements,
): Promise<readonly string[]> {
  let next: Candidate | undefined;
  for (const scenario of scenarios) {
    for (const history of await historiesIn(scenario, requirement)) {
      const place = decidingPlace(history.told, requirement.id);
      if (place !== undefined) return exampleOf({ scenario, history, place }, requirement.id, requirements);
      const nearest = nearestPlace(requirement.id, history);
      if (next === undefined || (next.place === undefined && nearest !== undefined)) {
        next = { scenario, history, place: nearest };
      }
    }
  }
  if (next === undefined)
    return ["", "What the scenarios that cover it write cannot be drawn without a server under test."];
  return exampleOf(next, requirement.id, requirements);
}

/** What a requirement is about that no single verdict or step names. */
function nearestPlace(id: string, { told }: RehearsedHistory): Deciding | undefined {
  if (id.startsWith("FED-SR")) return anyDispute(told);
  if (!id.startsWith("FED-REJ")) return undefined;
  return anyRefusal(told, "soft-failed") ?? anyRefusal(told, "rejected") ?? anyDispute(told);
}

function exampleOf(
  { scenario, history, place }: Candidate,
  about: string,
  requirements: Requirements,
): readonly string[] {
  const head = `Example: room “${history.room}” of ${scenario.id}, room version ${history.rules.id}`;
  const lines =
    place === undefined
      ? [...drawingLines(history.told), "", "No event of it stands or falls by this requirement alone."]
      : exampleLines(history.told, place, { about, requirements });
  return ["", head, "", ...lines];
}

/** The rooms in which a scenario's peers write events, drawn. Empty where they write none. */
export async function scenarioDrawings(scenario: Scenario, roomVersion?: string): Promise<readonly string[]> {
  const version = roomVersion ?? scenario.roomVersions?.at(-1);
  if (forgedBy(scenario) === 0 || version === undefined) return [];
  const histories = rehearsedHistories(scenario, await rehearse(scenario, version));
  return histories.flatMap(({ room, rules, told }) => [
    "",
    `What happens in room “${room}”, version ${rules.id}:`,
    "",
    ...drawingLines(told),
  ]);
}

async function historiesIn(scenario: Scenario, { roomVersions }: Requirement): Promise<readonly RehearsedHistory[]> {
  const versions = scenario.roomVersions ?? [];
  const fitting = typeof roomVersions === "string" ? versions : versions.filter((one) => roomVersions.includes(one));
  const version = fitting.at(-1) ?? versions.at(-1);
  if (version === undefined) return [];
  return rehearsedHistories(scenario, await rehearse(scenario, roomVersionRules(version).id));
}

/** How many events a scenario has peers write. */
function forgedBy({ given, steps }: Scenario): number {
  return [...given, ...steps].reduce((sum, { do: verb, arguments: { events } }) => {
    return verb === "forge" ? sum + Object.keys(events ?? {}).length : sum;
  }, 0);
}
