import type { Exchange } from "../evidence/exchange.js";
import type { JournalEntry, ScenarioInstance } from "../evidence/journal-entry.js";
import { seenExchange } from "../evidence/seen-exchange.js";
import { type InstanceEvidence, InstancesSeen } from "./instances-seen.js";
import { KeysSeen } from "./keys/keys-seen.js";
import { byItself, Mentions, namesOf } from "./mentions.js";
import type { SeenExchange } from "./view.js";

interface Waiting {
  readonly evidence: InstanceEvidence;
  readonly hear: (exchange: SeenExchange) => void;
}

const NONE: readonly SeenExchange[] = [];

/** Finds again what the journal holds: fed entry by entry, live or from a file, and asked by instance. */
export class EvidenceIndex {
  readonly keys = new KeysSeen();
  private readonly instances = new InstancesSeen();
  private readonly mentions = new Mentions();
  private readonly byId = new Map<string, SeenExchange>();
  private readonly byMention = new Map<string, SeenExchange[]>();
  /** In how many lists of `byMention` an exchange stands. */
  private readonly lists = new Map<SeenExchange, number>();
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
   * Lets go of what the instance bound and observed and of the exchanges that only it names, past and future, so that a long run needs no more memory than its
   * instances do at one time. It cannot be judged from here any more.
   */
  forget(instance: string): void {
    for (const name of namesOf(this.of(instance))) {
      this.forgotten.add(name);
      for (const exchange of this.byMention.get(name) ?? NONE) this.release(exchange);
      this.byMention.delete(name);
    }
    this.instances.release(instance);
  }

  private release(exchange: SeenExchange): void {
    const left = (this.lists.get(exchange) ?? 0) - 1;
    if (left > 0) this.lists.set(exchange, left);
    else {
      this.lists.delete(exchange);
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

  /**
   * The exchanges of an instance: those that name its token (it occurs in all its user and peer names) or a room that it bound.
   * One exchange can belong to several instances, as servers put the events of many rooms into one transaction.
   */
  exchangesOf(instance: string): readonly SeenExchange[] {
    const found = new Set<SeenExchange>();
    for (const name of namesOf(this.of(instance)))
      for (const exchange of this.byMention.get(name) ?? NONE) found.add(exchange);
    return [...found].sort((a, b) => a.seq - b.seq);
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
    this.lists.set(seen, wanted.length);
    for (const mention of wanted) {
      const list = this.byMention.get(mention);
      if (list === undefined) this.byMention.set(byItself(mention), [seen]);
      else list.push(seen);
    }
    for (const { evidence, hear } of [...this.waiting])
      if (namesOf(evidence).some((name) => mentions.has(name))) hear(seen);
  }
}
