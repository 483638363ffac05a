import type { Exchange } from "../evidence/exchange.js";
import type { JournalEntry, ScenarioInstance } from "../evidence/journal-entry.js";
import { seenExchange } from "../evidence/seen-exchange.js";
import { ExchangesByName } from "./exchanges-by-name.js";
import { type InstanceEvidence, InstancesSeen } from "./instances-seen.js";
import { KeysSeen } from "./keys/keys-seen.js";
import { Mentions, namesOf } from "./mentions.js";
import type { SeenExchange } from "./view.js";

interface Waiting {
  readonly evidence: InstanceEvidence;
  readonly hear: (exchange: SeenExchange) => void;
}

/** Finds again what the journal holds: fed entry by entry, live or from a file, and asked by instance. */
export class EvidenceIndex {
  readonly keys = new KeysSeen();
  private readonly instances = new InstancesSeen();
  private readonly mentions = new Mentions();
  private readonly byId = new Map<string, SeenExchange>();
  private readonly byName = new ExchangesByName();
  /** By how many names an exchange is found. */
  private readonly names = new Map<SeenExchange, number>();
  private readonly forgotten = new Set<string>();
  private readonly waiting = new Set<Waiting>();

  /** `body` gives the bytes of a digest; undefined when they are lost. */
  constructor(private readonly body: (digest: string) => Uint8Array | undefined) {}

  add(entry: JournalEntry): void {
    if (entry.kind === "exchange") this.addExchange(entry.seq, entry.exchange);
    else {
      if (entry.kind === "planned") this.mentions.add(entry.instance);
      this.instances.add(entry);
    }
  }

  /** Every exchange, in the order of the journal. */
  get exchanges(): readonly SeenExchange[] {
    return [...this.byId.values()];
  }

  /**
   * Lets go of what the instance bound and observed and of the exchanges that only it names, past and future, so that a long run
   * needs no more memory than its instances do at one time. It cannot be judged from here any more.
   */
  forget(instance: string): void {
    for (const name of namesOf(this.of(instance))) {
      this.forgotten.add(name);
      for (const exchange of this.byName.take(name)) this.release(exchange);
    }
    this.instances.release(instance);
  }

  private release(exchange: SeenExchange): void {
    const left = (this.names.get(exchange) ?? 0) - 1;
    if (left > 0) this.names.set(exchange, left);
    else {
      this.names.delete(exchange);
      this.byId.delete(exchange.id);
    }
  }

  exchange(id: string): SeenExchange | undefined {
    return this.byId.get(id);
  }

  has(instance: string): boolean {
    return this.instances.has(instance);
  }

  /**
   * The first exchange of the instance that matches, past or future; rejects with the signal's reason when that is aborted first.
   * Those of other instances are not looked at: a run has many thousands, and matching can mean hashing every event in them.
   */
  async waitFor(
    instance: string,
    matches: (exchange: SeenExchange) => boolean,
    signal: AbortSignal,
  ): Promise<SeenExchange> {
    const past = this.exchangesOf(instance).find(matches);
    if (past !== undefined) return past;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const give = () => {
        this.waiting.delete(waiting);
        reject(signal.reason);
      };
      const hear = (exchange: SeenExchange) => {
        if (!matches(exchange)) return;
        this.waiting.delete(waiting);
        signal.removeEventListener("abort", give);
        resolve(exchange);
      };
      const waiting = { evidence: this.of(instance), hear };
      this.waiting.add(waiting);
      signal.addEventListener("abort", give, { once: true });
    });
  }

  of(instance: string): InstanceEvidence {
    return this.instances.of(instance);
  }

  /** As `ExchangesByName` finds them. */
  exchangesOf(instance: string): readonly SeenExchange[] {
    return this.byName.of(this.of(instance));
  }

  longestStandstill(instance: string, upTo: number): number {
    return this.instances.longestStandstill(instance, upTo);
  }

  /** The instances whose token an exchange names. */
  instancesOf(exchange: SeenExchange): readonly ScenarioInstance[] {
    return this.mentions.instancesIn(exchange);
  }

  private addExchange(seq: number, exchange: Exchange): void {
    const seen = seenExchange(seq, exchange, this.body);
    this.keys.learn(seen);
    const mentions = this.mentions.in(seen);
    const wanted = [...mentions].filter((mention) => !this.forgotten.has(mention));
    if (mentions.size > 0 && wanted.length === 0) return;
    this.byId.set(exchange.id, seen);
    this.names.set(seen, wanted.length);
    for (const mention of wanted) this.byName.add(mention, seen);
    for (const { evidence, hear } of [...this.waiting])
      if (namesOf(evidence).some((name) => mentions.has(name))) hear(seen);
  }
}
