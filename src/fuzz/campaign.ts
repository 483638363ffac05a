import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { RawExchange } from "../evidence/recorder.js";
import type { FederationTransport } from "../net/wire.js";
import { freshPassword } from "../runner/instance-stage.js";
import { inPool } from "../runner/pool.js";
import type { Difference } from "./answers.js";
import { type Arena, type ArenaOptions, openArena } from "./arena.js";
import { Contestant } from "./contestant.js";
import { generateHistory } from "./generate.js";
import type { RoomHistory } from "./history.js";
import { type Outcome, playHistory } from "./play.js";
import { shrink } from "./shrink.js";

/** How long one history may take, in milliseconds. */
const DEADLINE_MS = 90_000;
/** Shrinking takes a hundred plays: so many differences say enough. */
const MOST_SHRUNK = 10;

export interface CampaignOptions extends ArenaOptions {
  readonly roomVersions: readonly string[];
  /** The numbers of the histories, for each room version. */
  readonly from: number;
  readonly count: number;
  readonly workers: number;
  readonly progress: CampaignProgress;
}

/** A history whose outcome differs, as small as it could be made. */
export interface Finding {
  readonly roomVersion: string;
  readonly number: number;
  readonly original: RoomHistory;
  readonly history: RoomHistory;
  readonly differences: readonly Difference[];
  /** What was exchanged when the original was played. */
  readonly exchanges: readonly RawExchange[];
  /** Whether the difference showed again when the same history was played once more. */
  readonly repeated: boolean;
}

export interface CampaignProgress {
  started(servers: readonly string[], histories: number): void;
  played(count: number): void;
  /** Hears of a difference as soon as it is shrunk. */
  found(finding: Finding): void;
  /** The server follows another reading of the text, known to be in use. */
  readOtherwise(roomVersion: string, number: number, reading: string): void;
  /** A history that could not be played to its end. */
  unsettled(roomVersion: string, number: number, reason: string): void;
}

export interface CampaignResult {
  readonly played: number;
  readonly differing: number;
  /** Right only under another reading of the text. */
  readonly readOtherwise: number;
  readonly unsettled: number;
}

interface Item {
  readonly roomVersion: string;
  readonly number: number;
}

/** Plays so many histories of each room version. Rejects with TargetError or LabError when the servers cannot be had. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const arena = await openArena(options);
  try {
    const campaign = new Campaign(options, arena);
    return await campaign.run();
  } finally {
    await arena.close();
  }
}

class Campaign {
  #played = 0;
  #differing = 0;
  #readOtherwise = 0;
  #unsettled = 0;
  readonly #transport: FederationTransport;

  constructor(
    private readonly options: CampaignOptions,
    private readonly arena: Arena,
  ) {
    this.#transport = arena.lab.transportFor(arena.lab.name("fuzz"));
  }

  async run(): Promise<CampaignResult> {
    const { roomVersions, from, count, workers, progress, signal } = this.options;
    const numbers = Array.from({ length: count }, (_none, at) => from + at);
    const items = numbers.flatMap((number) => roomVersions.map((roomVersion) => ({ roomVersion, number })));
    progress.started(
      this.arena.members.map(({ started }) => started.serverName),
      items.length,
    );
    const queue = items[Symbol.iterator]();
    await inPool(
      Array.from({ length: workers }, (_none, at) => at + 1),
      workers,
      async (worker) => {
        const contestants = this.#contestants(`w${worker}`);
        for (const item of queue) {
          if (signal.aborted) return;
          await this.#settle(item, contestants);
        }
      },
    );
    return {
      played: this.#played,
      differing: this.#differing,
      readOtherwise: this.#readOtherwise,
      unsettled: this.#unsettled,
    };
  }

  #contestants(worker: string): Contestant[] {
    const { members, recorder } = this.arena;
    const clients = { record: (exchange: object) => recorder.record({ kind: "client", ...exchange } as RawExchange) };
    return members.map(
      ({ started }) => new Contestant(started, { password: freshPassword(), recorder: clients, worker }),
    );
  }

  async #settle(item: Item, contestants: readonly Contestant[]): Promise<void> {
    const { progress, seed, signal } = this.options;
    const history = generateHistory(item.roomVersion, `${seed}/${item.number}`);
    try {
      const { outcome, exchanges } = await this.#play(history, contestants);
      if (outcome.otherReading !== undefined) {
        this.#readOtherwise += 1;
        progress.readOtherwise(item.roomVersion, item.number, outcome.otherReading);
      } else if (differing(outcome).length > 0) {
        progress.found(await this.#examined(item, history, { outcome, exchanges, contestants }));
        this.#differing += 1;
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#unsettled += 1;
      progress.unsettled(item.roomVersion, item.number, error instanceof Error ? error.message : String(error));
    }
    this.#played += 1;
    progress.played(this.#played);
  }

  async #examined(
    { roomVersion, number }: Item,
    original: RoomHistory,
    seen: { outcome: Outcome; exchanges: readonly RawExchange[]; contestants: readonly Contestant[] },
  ): Promise<Finding> {
    const { contestants, exchanges } = seen;
    let differences = differing(seen.outcome);
    const again = async (history: RoomHistory) => {
      const { outcome } = await this.#play(history, contestants);
      const found = outcome.otherReading === undefined ? differing(outcome) : [];
      if (found.length > 0) differences = found;
      return found.length > 0;
    };
    const repeated = await again(original);
    const worthwhile = repeated && this.#differing < MOST_SHRUNK;
    const history = worthwhile ? await shrink(original, again) : original;
    return { roomVersion, number, original, history, differences, exchanges, repeated };
  }

  async #play(history: RoomHistory, contestants: readonly Contestant[]) {
    const { lab, tapes } = this.arena;
    const { now } = this.options;
    const signal = AbortSignal.any([this.options.signal, AbortSignal.timeout(DEADLINE_MS)]);
    // Every request of a play listens to its signal.
    setMaxListeners(0, signal);
    const token = randomBytes(5).toString("hex");
    const tape = tapes.start();
    const nameFor = (seat: string) => {
      const name = lab.name(`${seat}-${token}`);
      tape.follow(name);
      return name;
    };
    try {
      await Promise.all(contestants.map((contestant) => contestant.prepare(signal)));
      for (const { client } of contestants) tape.follow(client.userId);
      const services = { lab, transport: this.#transport, now, nameFor, seed: token };
      const outcome = await playHistory(services, history, contestants, signal);
      return { outcome, exchanges: tape.exchanges };
    } finally {
      tape.stop();
    }
  }
}

function differing({ differences }: Outcome): readonly Difference[] {
  return [...differences.values()].flat();
}
