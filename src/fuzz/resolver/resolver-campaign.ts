import { inPool } from "../../runner/pool.js";
import { TargetError } from "../../targets/target-error.js";
import { Agenda, type AgendaOptions, type Item } from "../agenda.js";
import { generateHistory } from "../generate.js";
import type { RoomHistory } from "../history.js";
import { madeCases } from "./made-sets.js";
import { casesOf, type ResolutionCase } from "./resolution-case.js";
import { asFound, examineCase, type FoundCase, type ResolverFinding } from "./resolver-finding.js";
import { type Judged, type PlayerOptions, ResolverPlayer } from "./resolver-player.js";

/** So many differences of one kind are made smaller; they say enough. */
const MOST_EXAMINED = 10;
/** After so many failures without a single answer the command is taken for wrong. */
const HOPELESS = 4;

/** Where the states come from: small histories such as servers are played, or states made of large ones. */
export type SetKind = "histories" | "made";

export interface ResolverCampaignOptions extends AgendaOptions, PlayerOptions {
  readonly seed: string;
  readonly sets: readonly SetKind[];
  readonly workers: number;
  /** Differences are told as they were found, not made smaller. */
  readonly asFound: boolean;
  readonly progress: ResolverProgress;
}

/** Hears how a run goes. */
export interface ResolverProgress {
  started(rooms: number): void;
  /** A room is done, of `rooms` in all. */
  done(tally: ResolverTally): void;
  found(finding: ResolverFinding): void;
  unsettled(item: Item, at: string, reason: string): void;
}

export interface ResolverTally {
  /** Numbers of histories done, each with all its resolutions. */
  readonly rooms: number;
  readonly resolutions: number;
  readonly agreeing: number;
  /** Right under another reading of the text alone. */
  readonly readOtherwise: number;
  readonly differing: number;
  readonly unsettled: number;
  /** For each other reading, how many answers are right when everything is read so. */
  readonly byReading: ReadonlyMap<string, number>;
  readonly goOnFrom?: number | undefined;
}

const NOTHING: ResolverTally = {
  rooms: 0,
  resolutions: 0,
  agreeing: 0,
  readOtherwise: 0,
  differing: 0,
  unsettled: 0,
  byReading: new Map(),
};

const COUNTED = {
  agrees: "agreeing",
  "read-otherwise": "readOtherwise",
  differs: "differing",
  unsettled: "unsettled",
} as const;

/** Puts the resolutions of so many rooms of each version to a resolver, less when stopped. Rejects with TargetError when it answers nothing. */
export async function runResolverCampaign(options: ResolverCampaignOptions): Promise<ResolverTally> {
  const campaign = new ResolverCampaign(options);
  await campaign.run();
  return campaign.tally;
}

class ResolverCampaign {
  tally = NOTHING;
  readonly #agenda: Agenda;
  /** How many of each kind were examined: by the reading, or without one. */
  readonly #examined = new Map<string | undefined, number>();

  constructor(private readonly options: ResolverCampaignOptions) {
    this.#agenda = new Agenda(options);
  }

  async run(): Promise<void> {
    const { workers, progress } = this.options;
    progress.started(this.#agenda.length);
    const names = Array.from({ length: workers }, (_none, at) => at);
    await inPool(names, workers, async () => {
      const player = new ResolverPlayer(this.options);
      try {
        await this.#work(player);
      } finally {
        await player.end();
      }
    });
    this.tally = { ...this.tally, goOnFrom: this.#agenda.goOnFrom };
  }

  async #work(player: ResolverPlayer): Promise<void> {
    const { signal, progress } = this.options;
    for (let item = this.#agenda.take(); item !== undefined; item = this.#agenda.take()) {
      try {
        await this.#settle(item, player);
      } catch (error) {
        if (signal.aborted) return;
        throw error;
      }
      this.#agenda.done(item);
      this.tally = { ...this.tally, rooms: this.tally.rooms + 1 };
      progress.done(this.tally);
    }
  }

  async #settle(item: Item, player: ResolverPlayer): Promise<void> {
    const { sets, seed } = this.options;
    const ofItem = `${seed}/${item.number}`;
    if (sets.includes("histories")) {
      const history = generateHistory(item.roomVersion, ofItem);
      for (const posed of casesOf(history)) await this.#judge({ ...item, posed, history }, player);
    }
    if (!sets.includes("made")) return;
    for (const posed of madeCases(item.roomVersion, ofItem)) await this.#judge({ ...item, posed }, player);
  }

  async #judge(about: Item & { posed: ResolutionCase; history?: RoomHistory }, player: ResolverPlayer): Promise<void> {
    const judged = await player.judge(about.posed);
    const { verdict } = judged;
    this.#count(judged);
    if (verdict.kind === "unsettled") {
      this.options.progress.unsettled(about, about.posed.at, verdict.reason);
      this.#giveUpWhenHopeless(verdict.reason);
    } else if (verdict.kind !== "agrees") await this.#report({ ...about, verdict }, player);
  }

  async #report(found: FoundCase, player: ResolverPlayer): Promise<void> {
    const { progress, asFound: unexamined } = this.options;
    const reading = found.verdict.kind === "read-otherwise" ? found.verdict.reading : undefined;
    const examined = this.#examined.get(reading) ?? 0;
    this.#examined.set(reading, examined + 1);
    if (!unexamined && examined < (reading === undefined ? MOST_EXAMINED : 1))
      progress.found(await examineCase(found, player));
    else if (reading === undefined) progress.found(asFound(found));
  }

  #giveUpWhenHopeless(reason: string): void {
    const { resolutions, unsettled } = this.tally;
    if (unsettled < HOPELESS || unsettled < resolutions) return;
    const hint = "run the command by itself, with a line of docs/fuzzing.md as its input";
    throw new TargetError("exited", `the resolver has answered nothing: ${reason}`, hint);
  }

  #count({ verdict, readings }: Judged): void {
    const { tally } = this;
    const kind = COUNTED[verdict.kind];
    const byReading = new Map(tally.byReading);
    for (const name of readings) byReading.set(name, (byReading.get(name) ?? 0) + 1);
    this.tally = { ...tally, resolutions: tally.resolutions + 1, [kind]: tally[kind] + 1, byReading };
  }
}
