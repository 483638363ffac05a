import { createHash } from "node:crypto";
import type { ScenarioInstance } from "../evidence/journal-entry.js";
import type { Scenario } from "./model.js";
import { ordersOf } from "./orders.js";
import { seatingsOf, type TargetSeating } from "./seatings.js";

export interface PlanOptions {
  readonly targets: readonly PlanTarget[];
  /** Only these room versions; all that each scenario pins unless given. Scenarios without rooms are planned in any case. */
  readonly roomVersions?: readonly string[];
  readonly seed: string;
  /** How often each instance is run; once unless given. */
  readonly repeat?: number;
  /** Only scenarios (or instances) of these ids, files or folders; all unless given. */
  readonly ids?: readonly string[];
  /** Only instances whose id or title matches. */
  readonly grep?: RegExp;
  /** This part, from 1, of so many. */
  readonly shard?: { readonly index: number; readonly count: number };
}

export interface PlanTarget {
  readonly name: string;
  /** Room versions that the target offers. */
  readonly roomVersions: readonly string[];
  /** Why it cannot be made to look for servers by name, where that is so. */
  readonly noLookUps?: string;
  /** Why the target cannot be taken down and up again on its data, where it cannot. */
  readonly noRestarts?: string;
}

/** A scenario instance before its servers have names. */
export interface PlannedInstance {
  /** As in `ScenarioInstance`; attempts after the first end in `~2`, `~3` … */
  readonly id: string;
  readonly scenario: Scenario;
  readonly token: string;
  readonly roomVersion?: string;
  /** Target names by target seat. */
  readonly seating: TargetSeating;
  readonly order?: readonly string[];
  readonly attempt: number;
  /** Why it is not to be run: the verdict is then `not-applicable`. */
  readonly notApplicable?: string;
}

/** The instances to run, always in the same order for the same arguments. */
export function planInstances(scenarios: readonly Scenario[], options: PlanOptions): readonly PlannedInstance[] {
  const ordered = [...scenarios].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const chosen = ordered
    .flatMap((scenario) => instancesOf(scenario, options))
    .filter((each) => isChosen(each, options));
  const { shard } = options;
  const share = shard === undefined ? chosen : chosen.filter((_, index) => index % shard.count === shard.index - 1);
  const attempts = Array.from({ length: options.repeat ?? 1 }, (_, index) => index + 1);
  return share.flatMap((each) => attempts.map((attempt) => repeated(each, attempt, options.seed)));
}

/** The id that all attempts of an instance share. */
export function withoutAttempt(id: string): string {
  return id.replace(/~[0-9]+$/u, "");
}

/** The instance as it is run, once its servers have names. `serverNames` holds one for each seat, peers included. */
export function instanceOf(
  planned: PlannedInstance,
  serverNames: { readonly [seat: string]: string },
): ScenarioInstance {
  const { scenario, token, roomVersion, order, seating } = planned;
  const serverAt = (seat: string): string => {
    const name = serverNames[seat];
    if (name === undefined) throw new Error(`seat ${seat} of ${planned.id} has no server name`);
    return name;
  };
  const seats = Object.entries(scenario.seats).map(([seat, { kind }]) => {
    const target = seating[seat];
    return [seat, { kind, serverName: serverAt(seat), ...(target === undefined ? {} : { target }) }] as const;
  });
  const cast = Object.entries(scenario.cast).map(
    ([name, { at }]) => [name, { userId: `@${name}-${token}:${serverAt(at)}`, seat: at }] as const,
  );
  return {
    id: planned.id,
    scenario: scenario.id,
    title: scenario.title,
    purpose: scenario.purpose,
    file: scenario.file,
    token,
    ...(roomVersion === undefined ? {} : { roomVersion }),
    seats: Object.fromEntries(seats),
    cast: Object.fromEntries(cast),
    ...(order === undefined ? {} : { order }),
    ...(planned.notApplicable === undefined ? {} : { notApplicable: planned.notApplicable }),
    attempt: planned.attempt,
  };
}

type Unrepeated = Omit<PlannedInstance, "token" | "attempt">;

function instancesOf(scenario: Scenario, options: PlanOptions): Unrepeated[] {
  const wanted = options.roomVersions;
  const versions = scenario.roomVersions?.filter((version) => wanted === undefined || wanted.includes(version));
  const seatings = seatingsOf(
    scenario,
    options.targets.map(({ name }) => name),
  );
  return (versions ?? [undefined]).flatMap((roomVersion) =>
    seatings.flatMap((seating) =>
      ordersOf(scenario).map((order) => ({
        id: idOf(scenario.id, roomVersion, seating, order),
        scenario,
        seating,
        ...(roomVersion === undefined ? {} : { roomVersion }),
        ...(order === undefined ? {} : { order }),
        ...(notOffered(roomVersion, seating, options.targets) ??
          notFindable(scenario, seating, options.targets) ??
          notRestartable(scenario, seating, options.targets)),
      })),
    ),
  );
}

function idOf(
  id: string,
  version: string | undefined,
  seating: TargetSeating,
  order: readonly string[] | undefined,
): string {
  const seats = Object.entries(seating).map(([seat, target]) => `${seat}=${target}`);
  const parts = [
    ...(version === undefined ? [] : [`v${version}`]),
    seats.join(","),
    ...(order === undefined ? [] : [order.join(">")]),
  ];
  return `${id}${parts.map((part) => `[${part}]`).join("")}`;
}

function notOffered(
  version: string | undefined,
  seating: TargetSeating,
  targets: readonly PlanTarget[],
): { notApplicable: string } | undefined {
  if (version === undefined) return undefined;
  const seated = new Set(Object.values(seating));
  const lacking = targets.filter(({ name, roomVersions }) => seated.has(name) && !roomVersions.includes(version));
  if (lacking.length === 0) return undefined;
  const verb = lacking.length === 1 ? "does" : "do";
  return {
    notApplicable: `${lacking.map(({ name }) => name).join(" and ")} ${verb} not offer room version ${version}`,
  };
}

/** Where a server is to be taken down, and this cannot be done to a target. */
function notRestartable(
  { given, steps }: Scenario,
  seating: TargetSeating,
  targets: readonly PlanTarget[],
): { notApplicable: string } | undefined {
  const seats = [...given, ...steps]
    .filter(({ do: verb }) => verb === "shut-down")
    .map((call) => call.arguments.server);
  const taken = new Set(seats.map((seat) => seating[String(seat)]));
  const [unable] = targets.filter(({ name, noRestarts }) => taken.has(name) && noRestarts !== undefined);
  return unable && { notApplicable: `${unable.name} cannot be restarted: ${unable.noRestarts}` };
}

/** Where a peer is to be found by what the lab tells of its name, and this cannot be told to a target. */
function notFindable(
  { seats }: Scenario,
  seating: TargetSeating,
  targets: readonly PlanTarget[],
): { notApplicable: string } | undefined {
  if (!Object.values(seats).some(({ named }) => named === "portless" || named === "with-port")) return undefined;
  const seated = new Set(Object.values(seating));
  const [unable] = targets.filter(({ name, noLookUps }) => seated.has(name) && noLookUps !== undefined);
  return unable && { notApplicable: `${unable.name} cannot be told where to look: ${unable.noLookUps}` };
}

function isChosen({ id, scenario }: Unrepeated, { ids, grep }: PlanOptions): boolean {
  const named = ids === undefined || ids.some((wanted) => isNamed(withoutAttempt(wanted), id, scenario));
  return named && (grep === undefined || id.search(grep) >= 0 || scenario.title.search(grep) >= 0);
}

function isNamed(wanted: string, id: string, scenario: Scenario): boolean {
  const folder = wanted.replace(/\/+$/u, "");
  return (
    [id, scenario.id, scenario.file].includes(wanted) ||
    [scenario.id, scenario.file].some((each) => each.startsWith(`${folder}/`))
  );
}

function repeated(instance: Unrepeated, attempt: number, seed: string): PlannedInstance {
  const id = attempt === 1 ? instance.id : `${instance.id}~${attempt}`;
  return { ...instance, id, attempt, token: tokenOf(seed, id) };
}

/** Characters of an instance's token, all of them lower-case hexadecimal: fit for a DNS label and for a user's localpart. */
export const TOKEN_LENGTH = 10;

function tokenOf(seed: string, id: string): string {
  return createHash("sha256").update(`${seed}\n${id}`).digest("hex").slice(0, TOKEN_LENGTH);
}
