import type { SeenExchange } from "../evidence/seen-exchange.js";
import type { InstanceEvidence } from "./instances-seen.js";
import { byItself, namesOf } from "./mentions.js";

const NONE: readonly SeenExchange[] = [];

/** Exchanges, found again by what they name. */
export class ExchangesByName {
  readonly #byName = new Map<string, SeenExchange[]>();

  add(name: string, exchange: SeenExchange): void {
    const list = this.#byName.get(name);
    if (list === undefined) this.#byName.set(byItself(name), [exchange]);
    else list.push(exchange);
  }

  /** Lets go of the name; gives what it found. */
  take(name: string): readonly SeenExchange[] {
    const taken = this.#byName.get(name) ?? NONE;
    this.#byName.delete(name);
    return taken;
  }

  /**
   * The exchanges of an instance: those that name its token (it occurs in all its user and peer names) or a room that it bound.
   * One exchange can belong to several instances, as servers put the events of many rooms into one transaction.
   */
  of(evidence: InstanceEvidence): readonly SeenExchange[] {
    const found = new Set<SeenExchange>();
    for (const name of namesOf(evidence)) for (const exchange of this.#byName.get(name) ?? NONE) found.add(exchange);
    return [...found].sort((a, b) => a.seq - b.seq);
  }
}
