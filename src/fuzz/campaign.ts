import { inPool } from "../runner/pool.js";
import { Agenda, type AgendaOptions, type Item } from "./agenda.js";
import { type Arena, type ArenaOptions, openArena } from "./arena.js";
import { differing, examine, type Finding } from "./finding.js";
import { generateHistory } from "./generate.js";
import { Player } from "./player.js";

/** Shrinking takes a hundred plays: so many differences of one kind say enough. */
const MOST_EXAMINED = 10;

export interface CampaignOptions extends ArenaOptions, AgendaOptions {
  readonly workers: number;
  /** Differences are told as they were found, not made smaller. */
  readonly asFound: boolean;
  readonly progress: CampaignProgress;
}

/** Hears how a run goes. */
export interface CampaignProgress {
  started(servers: readonly string[], histories: number): void;
  played(tally: CampaignResult): void;
  /** A history differs; the finding is as small as it could be made, unless there were enough of its kind. */
  found(finding: Finding): void;
  /** A history is right under another reading of the text, examples of which were found already. */
  readOtherwise(item: Item, reading: string): void;
  /** A history could not be played to its end. */
  unsettled(item: Item, reason: string): void;
}

/** How many histories have come to which end. */
export interface CampaignResult {
  readonly played: number;
  readonly differing: number;
  /** Right under another reading of the text alone. */
  readonly readOtherwise: number;
  readonly unsettled: number;
  /** The least number of which some history is not played; undefined when all are. */
  readonly goOnFrom?: number | undefined;
}

/** Plays so many histories of each room version, less when stopped. Rejects with TargetError or LabError when the servers cannot be had. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const arena = await openArena(options);
  try {
    const campaign = new Campaign(options, arena);
    await campaign.run();
    return campaign.tally;
  } finally {
    await arena.close();
  }
}

class Campaign {
  tally: CampaignResult = { played: 0, differing: 0, readOtherwise: 0, unsettled: 0 };
  /** How many of each kind were examined: by the reading, or without one. */
  readonly #examined = new Map<string | undefined, number>();

  constructor(
    private readonly options: CampaignOptions,
    private readonly arena: Arena,
  ) {}

  async run(): Promise<void> {
    const { workers, progress, signal, now } = this.options;
    const { lab, members } = this.arena;
    const agenda = new Agenda(this.options);
    progress.started(
      members.map(({ started }) => started.serverName),
      agenda.length,
    );
    const transport = lab.transportFor(lab.name("fuzz"));
    const names = Array.from({ length: workers }, (_none, at) => `w${at + 1}`);
    await inPool(names, workers, async (worker) => {
      const player = new Player(this.arena, { worker, transport, signal, now });
      for (let item = agenda.take(); item !== undefined; item = agenda.take()) {
        if (signal.aborted || !(await this.#settle(item, player))) return;
        agenda.done(item);
      }
    });
    this.tally = { ...this.tally, goOnFrom: agenda.goOnFrom };
  }

  /** Whether the item was played, or at least tried to its end. */
  async #settle(item: Item, player: Player): Promise<boolean> {
    const { progress, signal } = this.options;
    try {
      await this.#judge(item, player);
    } catch (error) {
      if (signal.aborted) return false;
      this.#count("unsettled");
      progress.unsettled(item, error instanceof Error ? error.message : String(error));
    }
    this.#count("played");
    progress.played(this.tally);
    return true;
  }

  async #judge(item: Item, player: Player): Promise<void> {
    const { progress, seed, asFound } = this.options;
    const original = generateHistory(item.roomVersion, `${seed}/${item.number}`);
    const first = await player.play(original);
    const { otherReading } = first.outcome;
    const differences = differing(first.outcome);
    if (differences.length === 0) return;
    this.#count(otherReading === undefined ? "differing" : "readOtherwise");
    const examined = this.#examined.get(otherReading) ?? 0;
    this.#examined.set(otherReading, examined + 1);
    const about = { ...item, original };
    if (!asFound && examined < (otherReading === undefined ? MOST_EXAMINED : 1))
      progress.found(await examine(about, first, player));
    else if (otherReading !== undefined) progress.readOtherwise(item, otherReading);
    else progress.found({ ...about, history: original, differences, exchanges: first.exchanges, repeated: false });
  }

  #count(what: "played" | "differing" | "readOtherwise" | "unsettled"): void {
    this.tally = { ...this.tally, [what]: this.tally[what] + 1 };
  }
}
