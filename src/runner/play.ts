import { EvidenceIndex } from "../checks/evidence-index.js";
import type { Bodies } from "../evidence/bodies.js";
import type { Journal } from "../evidence/journal.js";
import { recordTo } from "../evidence/recorder.js";
import type { Verdict } from "../evidence/verdict.js";
import type { Lab } from "../lab/lab.js";
import { hostOf } from "../lab/names.js";
import { openLab } from "../lab/open-lab.js";
import { sweepLeftovers } from "../lab/sweep.js";
import type { JsonObject } from "../matrix/json.js";
import type { NetLimits } from "../net/limits.js";
import type { Scenario, Seat } from "../scenario/model.js";
import { instanceOf, type PlannedInstance, type PlanOptions, planInstances } from "../scenario/plan.js";
import { labFor } from "../targets/start.js";
import type { TargetFile } from "../targets/target-document.js";
import { type FleetMember, slotKey, startFleet } from "./fleet.js";
import { noRestarts } from "./no-restarts.js";
import { type ReadyInstance, whatIsOwed } from "./owed.js";
import { inPool } from "./pool.js";
import { watchPulse } from "./pulse.js";
import { runInstance } from "./run-instance.js";
import type { PlayServices, Seating } from "./services.js";
import { planSlots, type SlotPlan } from "./slots.js";

export interface PlayOptions {
  readonly scenarios: readonly Scenario[];
  readonly targets: readonly TargetFile[];
  /** What of the scenarios is run; room versions offered are asked of the servers. */
  readonly plan: Omit<PlanOptions, "targets">;
  readonly image?: string;
  /** Switched on in embedded targets. */
  readonly defects?: ReadonlySet<string>;
  /** How many instances run at a time. */
  readonly workers: number;
  /** Facts for the report: id, command, tool, host. */
  readonly about: JsonObject;
  /** What a server may make this process spend; the lab's own limits unless said. */
  readonly limits?: NetLimits;
  /** Milliseconds for which an expectation waits at most, whatever the scenario grants; for servers known to be quick. */
  readonly patienceMs?: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly progress?: Progress;
  /** Which share of the planned instances, from 1; all of them unless given. */
  readonly part?: { readonly index: number; readonly count: number };
}

export interface StartedServer {
  readonly name: string;
  readonly serverName: string;
}

/** Hears how a run goes. */
export interface Progress {
  /** The first instance begins when this has ended. */
  started(servers: readonly StartedServer[], instances: number): void | Promise<void>;
  began(instance: string): void;
  /** `verdicts` of the instance's expectations, in order. */
  ended(instance: string, verdicts: readonly Verdict[]): void;
}

/** What still trickles in once the lab is down, from connections that its closing cut, is no part of the run. */
const NOT_RECORDED = "";

/**
 * Servers up, every planned instance of this part played, servers down; everything goes to the journal, and the bodies of messages
 * to where they are kept. Returns the number of instances. Rejects with TargetError or LabError when the servers cannot be had, with the signal's reason when that is aborted.
 */
export async function play(options: PlayOptions, journal: Journal, bodies: Bodies): Promise<number> {
  const index = new EvidenceIndex((digest) => bodies.get(digest));
  journal.onEntry((entry) => index.add(entry));
  const part = options.part === undefined ? "" : `${options.part.index}-`;
  const recorder = recordTo(journal, bodies, `x${part}`);
  const { naming, docker } = labFor(options.targets);
  let closed = false;
  const over = () => closed;
  await sweepLeftovers();
  const lab = await openLab({
    runId: `${part}${options.about.id}`,
    naming,
    docker,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    recorder: { record: (exchange) => (over() ? NOT_RECORDED : recorder.record({ kind: "federation", ...exchange })) },
    note: (about, data) => {
      if (!over()) journal.append({ kind: "note", about, data });
    },
    signal: options.signal,
  });
  const { seed } = options.plan;
  const limits = options.limits === undefined ? {} : { limits: options.limits };
  const playing = new Set<string>();
  const note = (milliseconds: number) =>
    journal.append({ kind: "note", about: "standstill", data: { milliseconds, during: [...playing] } });
  const pulse = watchPulse(note, () => performance.now());
  const patience = options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs };
  const { now } = options;
  const services: PlayServices = { lab, journal, index, recorder, seed, ...limits, ...patience, now, pulse, playing };
  try {
    return await withFleet(options, services);
  } finally {
    pulse.stop();
    await lab.close();
    closed = true;
  }
}

async function withFleet(options: PlayOptions, services: PlayServices): Promise<number> {
  const { signal, image, defects } = options;
  const files = new Map(options.targets.map((file) => [file.name, file]));
  const rough = plan(options, services.lab, (file) => file.room_versions);
  if (rough.length === 0) return 0;
  const seats = planSlots(rough, (target) => files.get(target)?.driver === "remote");
  const fleet = await startFleet(services, seats.slots, {
    files,
    signal,
    ...(image === undefined ? {} : { image }),
    ...(defects === undefined ? {} : { defects }),
  });
  const stopAll = async () => {
    await Promise.all([...fleet.values()].map(({ started }) => started.stop()));
  };
  try {
    for (const member of fleet.values()) services.journal.append({ kind: "server", server: factsOf(member) });
    const planned = plan(options, services.lab, (file) => offeredBy(file.name, fleet));
    return await playAll(options, services, planned, { fleet, seats });
  } finally {
    await stopAll();
  }
}

function plan(
  options: PlayOptions,
  { noLookUps }: Lab,
  versionsOf: (file: TargetFile) => readonly string[],
): readonly PlannedInstance[] {
  const targets = options.targets.map((file) => {
    const reason = file.driver === "remote" ? "what it looks up is not answered by the lab" : noLookUps;
    const { name } = file;
    const noLookUpsFor = reason === undefined ? {} : { noLookUps: reason };
    return { name, roomVersions: versionsOf(file), ...noLookUpsFor, ...noRestarts(file) };
  });
  const planned = planInstances(options.scenarios, { ...options.plan, targets });
  const { part } = options;
  return part === undefined ? planned : planned.filter((_, at) => at % part.count === part.index - 1);
}

function offeredBy(target: string, fleet: ReadonlyMap<string, FleetMember>): readonly string[] {
  const member = [...fleet.values()].find(({ slot }) => slot.target === target);
  return member?.introduction.roomVersions ?? [];
}

function factsOf({ slot, started, introduction }: FleetMember): JsonObject {
  const { name, product, vendor, driver, preset, serverName, image, imageDigest } = started;
  return {
    name,
    product,
    vendor,
    driver,
    preset,
    serverName,
    copy: slot.copy,
    observed: introduction.observed,
    ...(image === undefined ? {} : { image }),
    ...(imageDigest === undefined ? {} : { imageDigest }),
  };
}

/** The servers that are up, and who sits where. */
interface House {
  readonly fleet: ReadonlyMap<string, FleetMember>;
  readonly seats: SlotPlan;
}

async function playAll(
  options: PlayOptions,
  services: PlayServices,
  planned: readonly PlannedInstance[],
  house: House,
): Promise<number> {
  const { journal } = services;
  const ready: (Awaited<ReturnType<typeof readyInstance>> & { readonly apart: boolean })[] = [];
  for (const instance of planned) {
    const apart = house.seats.isApart(instance);
    ready.push({ ...(await readyInstance(options, services, instance, house)), apart });
  }
  for (const { ready: one } of ready) {
    journal.append({ kind: "planned", instance: one.instance, owed: one.owed, steps: one.steps });
  }
  const servers = [...house.fleet.values()].map(({ started }) => ({
    name: started.name,
    serverName: started.serverName,
  }));
  await options.progress?.started(servers, ready.length);
  const play = async ({ ready: one, seating }: (typeof ready)[number]) => {
    options.signal.throwIfAborted();
    options.progress?.began(one.instance.id);
    const verdicts = await runInstance(services, one, seating, options.signal);
    services.index.forget(one.instance.id);
    options.progress?.ended(one.instance.id, verdicts);
  };
  const among = ready.filter(({ ready: { scenario }, apart }) => !apart && !scenario.exclusive);
  const apart = ready.filter(({ apart }) => apart);
  const last = ready.filter(({ ready: { scenario }, apart }) => !apart && scenario.exclusive);
  await allEnded([inPool(among, options.workers, play), inPool(apart, 1, play)]);
  await inPool(last, 1, play);
  options.signal.throwIfAborted();
  return ready.length;
}

/** Rejects with the first failure, but not before all have ended: what they play on is taken down next. */
async function allEnded(works: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

async function readyInstance(
  options: PlayOptions,
  { lab }: PlayServices,
  planned: PlannedInstance,
  { fleet, seats }: House,
): Promise<{ readonly ready: ReadyInstance; readonly seating: Seating }> {
  const names: Record<string, string> = {};
  const seating: Record<string, FleetMember["started"]> = {};
  const findable = planned.notApplicable === undefined;
  for (const [seat, { kind, named }] of Object.entries(planned.scenario.seats)) {
    if (kind === "peer")
      names[seat] = await peerName(lab, `${seat.slice(0, 20)}-${planned.token}`, findable ? named : undefined);
    else {
      const started = fleet.get(slotKey(seats.slotOf(planned, seat)))?.started;
      if (started === undefined) throw new Error(`no server was started for ${seat} of ${planned.id}`);
      names[seat] = started.serverName;
      seating[seat] = started;
    }
  }
  const exemptions = (target: string | undefined, requirement: string) =>
    options.targets
      .find(({ name }) => name === target)
      ?.declares?.["not-applicable"]?.find((declared) => declared.requirement === requirement)?.reason;
  return { ready: whatIsOwed(planned.scenario, instanceOf(planned, names), exemptions), seating };
}

async function peerName(lab: Lab, label: string, named: Seat["named"]): Promise<string> {
  if (named === undefined) return lab.name(label);
  const name = named === "address" ? await lab.addressName() : lab.name(label, { portless: named === "portless" });
  await lab.arrange(named === "with-port" ? hostOf(name) : name, { server: name });
  return name;
}
