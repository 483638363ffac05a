import type { RawExchange } from "../evidence/recorder.js";
import { parseXMatrix } from "../matrix/x-matrix.js";
import { header } from "../net/wire.js";

/** The exchanges of one history. */
export interface Tape {
  readonly exchanges: readonly RawExchange[];
  /** Records what this server or user sends, receives or signs, from now on. */
  follow(party: string): void;
  stop(): void;
}

/** Keeps the exchanges of the histories that are being played, and of no others: those of a long run would fill any disk. */
export class Tapes {
  readonly #byParty = new Map<string, RawExchange[]>();

  start(): Tape {
    const exchanges: RawExchange[] = [];
    const parties: string[] = [];
    return {
      exchanges,
      follow: (party) => {
        parties.push(party);
        this.#byParty.set(party, exchanges);
      },
      stop: () => {
        for (const party of parties) this.#byParty.delete(party);
      },
    };
  }

  record(exchange: RawExchange): void {
    const origin = parseXMatrix(header(exchange.requestHeaders, "authorization") ?? "")?.origin ?? "";
    const concerned = [exchange.to, exchange.from, origin].map((party) => this.#byParty.get(party));
    for (const exchanges of new Set(concerned)) exchanges?.push(exchange);
  }
}
