/** One history of a run. */
export interface Item {
  readonly roomVersion: string;
  readonly number: number;
}

export interface AgendaOptions {
  readonly roomVersions: readonly string[];
  /** The numbers of the histories, for each room version. */
  readonly from: number;
  readonly count: number;
}

/** The histories of a run in their order, number by number, and which of them are done. */
export class Agenda {
  readonly length: number;
  readonly #open: Set<Item>;
  readonly #waiting: Iterator<Item>;

  constructor({ roomVersions, from, count }: AgendaOptions) {
    const numbers = Array.from({ length: count }, (_none, at) => from + at);
    const items = numbers.flatMap((number) => roomVersions.map((roomVersion) => ({ roomVersion, number })));
    this.length = items.length;
    this.#open = new Set(items);
    this.#waiting = items[Symbol.iterator]();
  }

  /** The next history; undefined when all are taken. */
  take(): Item | undefined {
    return this.#waiting.next().value;
  }

  done(item: Item): void {
    this.#open.delete(item);
  }

  /** The least number of which some history is not done: from there another run goes on. Undefined when all are done. */
  get goOnFrom(): number | undefined {
    const [first] = this.#open;
    return first?.number;
  }
}
