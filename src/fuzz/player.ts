import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { RawExchange } from "../evidence/recorder.js";
import { withinTime } from "../net/time-limit.js";
import type { FederationTransport } from "../net/wire.js";
import { freshPassword } from "../runner/instance-stage.js";
import type { Arena } from "./arena.js";
import { Contestant } from "./contestant.js";
import type { RoomHistory } from "./history.js";
import { type Outcome, playHistory } from "./play.js";

/** How long one history may take, in milliseconds. */
const DEADLINE_MS = 90_000;

/** One play of a history: what came of it, and what was exchanged. */
export interface Played {
  readonly outcome: Outcome;
  readonly exchanges: readonly RawExchange[];
}

/** Plays histories in an arena, one after the other, with users of its own at each server under test. */
export class Player {
  readonly #contestants: readonly Contestant[];

  constructor(
    private readonly arena: Arena,
    private readonly options: {
      /** Part of the names of the users. */
      readonly worker: string;
      /** Shared by the players: connections are kept. */
      readonly transport: FederationTransport;
      readonly signal: AbortSignal;
      now(): number;
    },
  ) {
    const { members, recorder } = arena;
    const clients = {
      record: (exchange: Omit<RawExchange, "kind">) => recorder.record({ kind: "client", ...exchange }),
    };
    const { worker } = options;
    this.#contestants = members.map(
      ({ started }) => new Contestant(started, { password: freshPassword(), recorder: clients, worker }),
    );
  }

  /** Plays a history in a fresh room with fresh peers. Rejects when it cannot be played to its end, or is stopped. */
  play(history: RoomHistory): Promise<Played> {
    return withinTime(DEADLINE_MS, this.options.signal, (signal) => this.#played(history, signal));
  }

  async #played(history: RoomHistory, signal: AbortSignal): Promise<Played> {
    const { lab, tapes } = this.arena;
    const { now, transport } = this.options;
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
      await Promise.all(this.#contestants.map((contestant) => contestant.prepare(signal)));
      for (const { client } of this.#contestants) tape.follow(client.userId);
      const services = { lab, transport, now, nameFor, seed: token };
      return {
        outcome: await playHistory(services, history, this.#contestants, signal),
        exchanges: tape.exchanges,
      };
    } finally {
      tape.stop();
    }
  }
}
