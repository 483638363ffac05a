import { createHash } from "node:crypto";
import type { Defect } from "../../homeserver/defects/defect.js";
import type { Scenario } from "../../scenario/model.js";
import type { Reach } from "./sound-run.js";

/** Which scenarios a defect is tried on. */
export interface Trial {
  /** Those that name it: they have to turn red. */
  readonly named: readonly Scenario[];
  /** Those about other things: they have to stay as they are. In one room version each. */
  readonly others: readonly Scenario[];
  /** Those in which the server asks about the defect too, but which this trial leaves out. */
  readonly leftOut: number;
}

/** Others that a trial takes from each area. */
const PER_AREA = 1;

export interface TrialOptions {
  readonly seed: string;
  /** Every other scenario in which the server asks about the defect, not one of each area. */
  readonly all: boolean;
}

/**
 * Chooses among the scenarios in which the server asks whether it has the defect; the seed decides whom a sample holds. Where it is not
 * known in which these are, those that name it are all there is.
 */
export function trialOf(
  { name }: Defect,
  scenarios: readonly Scenario[],
  reach: readonly Reach[] | undefined,
  { seed, all }: TrialOptions,
): Trial {
  const named = scenarios.filter(({ detects }) => detects.includes(name));
  if (reach === undefined) return { named, others: [], leftOut: scenarios.length - named.length };
  const reachable = scenarios.filter(
    (scenario) => !named.includes(scenario) && reach.some((place) => place.scenario === scenario.id),
  );
  const drawn = all ? reachable : sample(reachable, `${seed}/${name}`);
  return {
    named,
    others: drawn.map((scenario) => inLastVersion(scenario, reach)),
    leftOut: reachable.length - drawn.length,
  };
}

function sample(scenarios: readonly Scenario[], seed: string): readonly Scenario[] {
  const areas = new Map<string, Scenario[]>();
  for (const scenario of scenarios) areas.set(areaOf(scenario), [...(areas.get(areaOf(scenario)) ?? []), scenario]);
  const rank = ({ id }: Scenario) => createHash("sha256").update(`${seed}/${id}`).digest("hex");
  return [...areas.values()].flatMap((area) =>
    area.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, PER_AREA),
  );
}

function areaOf({ id }: Pick<Scenario, "id">): string {
  return id.slice(0, id.indexOf("/"));
}

function inLastVersion(scenario: Scenario, reach: readonly Reach[]): Scenario {
  const versions = reach.filter((place) => place.scenario === scenario.id).map(({ roomVersion }) => roomVersion);
  const last = scenario.roomVersions?.findLast((version) => versions.includes(version));
  return last === undefined ? scenario : { ...scenario, roomVersions: [last] };
}
