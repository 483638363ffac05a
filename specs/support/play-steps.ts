import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Value } from "@sinclair/typebox/value";
import { EvidenceIndex } from "../../src/checks/evidence-index.js";
import { bodiesIn } from "../../src/evidence/bodies.js";
import { type Journal, openJournal } from "../../src/evidence/journal.js";
import type { JournalEntry } from "../../src/evidence/journal-entry.js";
import { recordTo } from "../../src/evidence/recorder.js";
import { openLab } from "../../src/lab/open-lab.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { whatIsOwed } from "../../src/runner/owed.js";
import { runInstance } from "../../src/runner/run-instance.js";
import type { PlayServices } from "../../src/runner/services.js";
import type { Scenario } from "../../src/scenario/model.js";
import { instanceOf, planInstances } from "../../src/scenario/plan.js";
import type { Step } from "../../src/steps/define.js";
import { startTargets } from "../../src/targets/start.js";
import type { StartedTarget } from "../../src/targets/target.js";
import { Played, type StepEnd } from "./played.js";
import { shippedTarget } from "./shipped-target.js";

/** A step with its arguments, as a scenario would write them. */
export type Call = readonly [step: Step, input: JsonObject];

export interface PlayOptions {
  /** 11 unless said. */
  readonly roomVersion?: string;
  readonly deadlineMs?: number;
}

/** Two embedded servers, on whose stage lists of steps are played by the runner, each with fresh users and fresh peers. */
export class Playhouse {
  #plays = 0;

  private constructor(
    private readonly services: PlayServices,
    private readonly entries: readonly JournalEntry[],
    private readonly servers: readonly [StartedTarget, StartedTarget],
    readonly close: () => Promise<void>,
  ) {}

  static async open(): Promise<Playhouse> {
    const folder = mkdtempSync(join(tmpdir(), "concordat-steps-"));
    const journal = openJournal(folder, Date.now);
    const bodies = bodiesIn(join(folder, "evidence"));
    const entries: JournalEntry[] = [];
    const index = new EvidenceIndex((digest) => bodies.get(digest));
    journal.onEntry((entry) => {
      index.add(entry);
      entries.push(entry);
    });
    const services = await servicesOn(journal, index, recordTo(journal, bodies));
    const servers = await startServers(services);
    return new Playhouse(services, entries, servers, async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await services.lab.close();
      journal.close();
      rmSync(folder, { recursive: true });
    });
  }

  /** Plays steps that must all be done. */
  async play(calls: readonly Call[], options: PlayOptions = {}): Promise<Played> {
    const [played] = await this.playEach(calls, options);
    if (played === undefined) throw new Error("nothing was planned");
    return played;
  }

  /** As `play`, once for every order of delivery that the steps ask for. */
  async playEach(calls: readonly Call[], options: PlayOptions = {}): Promise<readonly Played[]> {
    const played = await this.#perform(calls, options);
    for (const { ends } of played) {
      const [notDone] = ends.filter(({ outcome }) => outcome !== "done");
      if (notDone !== undefined) throw new Error(`${notDone.verb}: ${notDone.outcome}, ${notDone.reason ?? ""}`);
    }
    return played;
  }

  /** Plays steps however they end. */
  async tryOut(calls: readonly Call[], options: PlayOptions = {}): Promise<Played> {
    const [played] = await this.#perform(calls, options);
    if (played === undefined) throw new Error("nothing was planned");
    return played;
  }

  /** Plays steps of which the last one, and no other, must not be done; how it ended. */
  async endOf(calls: readonly Call[], options: PlayOptions = {}): Promise<StepEnd> {
    const [played] = await this.#perform(calls, options);
    const ends = played?.ends ?? [];
    const [first] = ends.filter(({ outcome }) => outcome !== "done");
    if (first === undefined) throw new Error("every step was done");
    if (first !== ends.at(-1)) throw new Error(`not the last step, but ${first.verb}: ${first.reason ?? ""}`);
    return first;
  }

  async #perform(calls: readonly Call[], options: PlayOptions): Promise<readonly Played[]> {
    this.#plays += 1;
    const scenario = scenarioOf(`steps/play-${this.#plays}`, calls, options);
    const { name, roomVersions } = this.servers[0];
    const planned = planInstances([scenario], { targets: [{ name, roomVersions }], seed: "specs" });
    const all: Played[] = [];
    for (const one of planned) all.push(await this.#playOne(scenario, one));
    return all;
  }

  async #playOne(scenario: Scenario, planned: Parameters<typeof instanceOf>[0]): Promise<Played> {
    const { lab, journal, index } = this.services;
    const [one, two] = this.servers;
    const names = {
      one: one.serverName,
      two: two.serverName,
      peer: lab.name(`peer-${planned.token}`),
      other: lab.name(`other-${planned.token}`),
      bare: lab.name(`bare-${planned.token}`, { portless: true }),
    };
    await lab.arrange(names.bare, { server: names.bare });
    const ready = whatIsOwed(scenario, instanceOf(planned, names), () => undefined);
    const { instance, owed, steps } = ready;
    const from = this.entries.length;
    journal.append({ kind: "planned", instance, owed, steps });
    await runInstance(this.services, ready, { one, two }, new AbortController().signal);
    return new Played(instance, steps, this.entries.slice(from), index);
  }
}

async function servicesOn(
  journal: Journal,
  index: EvidenceIndex,
  recorder: PlayServices["recorder"],
): Promise<PlayServices> {
  const lab = await openLab({
    runId: `steps-${process.pid}`,
    naming: "dns",
    docker: false,
    recorder: { record: (exchange) => recorder.record({ kind: "federation", ...exchange }) },
    note: (about, data) => journal.append({ kind: "note", about, data }),
    signal: new AbortController().signal,
  });
  const pulse = { feel: () => undefined, stop: () => undefined };
  return { lab, journal, index, recorder, seed: "specs", now: Date.now, pulse, playing: new Set() };
}

async function startServers({ lab }: PlayServices): Promise<readonly [StartedTarget, StartedTarget]> {
  const target = await shippedTarget("embedded");
  const { signal } = new AbortController();
  const start = (label: string) => ({
    target,
    options: { lab, label, preset: "testing" as const, seed: label, signal },
  });
  const [one, two] = await startTargets([start("one"), start("two")]);
  if (one === undefined || two === undefined) throw new Error("two servers were asked for");
  return [one, two];
}

const PEER = { kind: "peer", allows: ["membership", "profile"], behaviours: [] } as const;
const TARGET = { kind: "target", allows: [], behaviours: [] } as const;

const CAST = { ann: "one", abe: "one", bob: "two", pia: "peer", oli: "other", bea: "bare" } as const;

/** Those whom the steps mention: each other one would cost a registration. */
function castOf(calls: readonly Call[]): Scenario["cast"] {
  const text = JSON.stringify(calls.map(([, input]) => input));
  const named = Object.entries(CAST).filter(([name]) => new RegExp(`\\b${name}\\b`, "u").test(text));
  return Object.fromEntries(named.map(([name, at]) => [name, { at, settings: {} }]));
}

function scenarioOf(id: string, calls: readonly Call[], { roomVersion = "11", deadlineMs }: PlayOptions): Scenario {
  const place = { file: `${id}.yaml`, line: 1, column: 1 };
  return {
    id,
    file: place.file,
    title: id,
    purpose: "To show what steps do.",
    covers: [],
    roomVersions: [roomVersion],
    preset: "testing",
    exclusive: false,
    deadlineMs: deadlineMs ?? 10_000,
    seats: { one: TARGET, two: TARGET, peer: PEER, other: PEER, bare: PEER },
    cast: castOf(calls),
    given: [],
    steps: calls.map(([step, input], at) => {
      const [error] = Value.Errors(step.input, input);
      if (error !== undefined) throw new Error(`${step.name}${error.path}: ${error.message}`);
      return { id: `step-${at + 1}`, do: step.name, arguments: input, expect: [], place };
    }),
    detects: [],
  };
}

/** Opens a playhouse for the specs of a `describe` block and closes it after them. */
export function playhouse(): Pick<Playhouse, "play" | "playEach" | "tryOut" | "endOf"> {
  let house: Playhouse | undefined;
  before(async () => {
    house = await Playhouse.open();
  });
  after(() => house?.close());
  const open = (): Playhouse => {
    if (house === undefined) throw new Error("the playhouse opens before the first spec");
    return house;
  };
  return {
    play: (calls, options) => open().play(calls, options),
    playEach: (calls, options) => open().playEach(calls, options),
    tryOut: (calls, options) => open().tryOut(calls, options),
    endOf: (calls, options) => open().endOf(calls, options),
  };
}
