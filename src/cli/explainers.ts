import { CHECKS } from "../checks/index.js";
import { PASSIVE_CHECKS } from "../checks/passive/index.js";
import { DEFECTS } from "../homeserver/defects/catalogue.js";
import type { Requirement } from "../requirements/requirement.js";
import { STEPS } from "../steps/index.js";
import { argumentLines } from "./arguments.js";
import { coverageOf } from "./coverage.js";
import { explainScenario } from "./explain-scenario.js";
import type { Project } from "./project.js";

/** Explains a thing of one kind, or finds that none has the name. */
type Explainer = (id: string, project: Project) => string | undefined;

/** One for each kind of thing that has a name. */
export const EXPLAINERS: readonly Explainer[] = [
  (id, project) => {
    const requirement = requirementOf(id, project);
    return requirement === undefined ? undefined : explainRequirement(requirement, project);
  },
  (id, project) => {
    const scenario = project.scenarios.find((each) => each.id === id || each.file === id);
    return scenario === undefined ? undefined : explainScenario(scenario, project.requirements);
  },
  (id, project) => explainCall(id, "step", STEPS, project),
  (id, project) => explainCall(id, "check", CHECKS, project),
  (id) => {
    const check = PASSIVE_CHECKS.find(({ name }) => name === id);
    if (check === undefined) return undefined;
    return `${id}: a passive check of ${check.requirement}\n\nMade on every ${check.side} of a server under test, in every scenario.`;
  },
  explainDefect,
];

/** The requirement of that id, in any case, with `FED-` before it or without. */
export function requirementOf(id: string, { requirements }: Project): Requirement | undefined {
  const upper = id.toUpperCase();
  return requirements.get(upper) ?? requirements.get(`FED-${upper}`);
}

/** Every name that can be explained. */
export function knownIds({ requirements, scenarios }: Project): string[] {
  const named = [...STEPS, ...CHECKS, ...PASSIVE_CHECKS, ...DEFECTS].map(({ name }) => name);
  return [...requirements.keys(), ...scenarios.map(({ id }) => id), ...named];
}

const SEEN: Readonly<Record<Requirement["seenBy"][number], string>> = {
  probe: "by asking the server as a peer",
  observation: "in what the server sends to others",
  client: "through the server's client-server API",
  static: "in vectors, configuration or documentation",
};

function explainRequirement(requirement: Requirement, { scenarios }: Project): string {
  const { id, level, text, derived, normative, seenBy, roomVersions, since, url, check, rules, notTested } =
    requirement;
  const coverage = coverageOf([requirement], scenarios).get(id);
  const tests = [
    ...(coverage?.scenarios ?? []).map((scenario) => `  scenario ${scenario}`),
    ...(coverage?.passive ?? []).map((name) => `  passive check ${name}, on every message`),
  ];
  const kind = derived
    ? "Derived: no sentence says it, but the text implies it or interoperability needs it."
    : normative === "algorithmic"
      ? "Binding by an algorithm, a schema or plain words of the specification."
      : "Binding by a keyword of RFC 2119.";
  const versions = typeof roomVersions === "string" ? roomVersions : roomVersions.join(", ");
  return [
    `${id}: ${level.toUpperCase()}`,
    "",
    `${text}.`.replace(/\.\.$/u, "."),
    "",
    kind,
    ...(versions === "none" ? [] : [`Room versions: ${versions}.`]),
    ...(rules === undefined
      ? []
      : [
          `Rule numbers: ${Object.entries(rules)
            .map(([version, rule]) => `v${version} ${rule}`)
            .join(", ")}.`,
        ]),
    `Since: ${since}. Read more: ${url}`,
    `It shows ${seenBy.map((way) => SEEN[way]).join(", or ")}.`,
    ...(check === undefined ? [] : [`To test it: ${check}.`]),
    "",
    ...(tests.length > 0
      ? ["Tested by:", ...tests]
      : [`Not tested${notTested === undefined ? "" : `: ${notTested.reason} (${notTested.code})`}.`]),
  ].join("\n");
}

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly input: object;
}

function explainCall(
  id: string,
  kind: "step" | "check",
  definitions: readonly Definition[],
  { scenarios }: Project,
): string | undefined {
  const definition = definitions.find(({ name }) => name === id);
  if (definition === undefined) return undefined;
  const users = scenarios.filter(({ given, steps }) => {
    const calls = [...given, ...steps];
    return kind === "step"
      ? calls.some((call) => call.do === id)
      : calls.some(({ expect }) => expect.some(({ check }) => check === id));
  });
  return [
    `${id}: a ${kind}`,
    "",
    `${definition.summary}.`,
    "",
    "Arguments:",
    ...argumentLines(definition.input),
    ...(users.length === 0 ? [] : ["", "Used by:", ...users.map((scenario) => `  ${scenario.id}`)]),
  ].join("\n");
}

function explainDefect(id: string, { scenarios }: Project): string | undefined {
  const defect = DEFECTS.find(({ name }) => name === id);
  if (defect === undefined) return undefined;
  const detecting = scenarios.filter(({ detects }) => detects.includes(id));
  return [
    `${id}: a defect of the embedded homeserver, breaking ${defect.requirement}`,
    "",
    `${defect.summary}.`,
    "",
    ...(detecting.length === 0
      ? ["No scenario says that it notices it."]
      : ["Must turn red:", ...detecting.map((scenario) => `  ${scenario.id}`)]),
  ].join("\n");
}
