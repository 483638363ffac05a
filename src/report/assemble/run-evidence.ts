import { ExchangesByName } from "../../checks/exchanges-by-name.js";
import { type InstanceEvidence, InstancesSeen } from "../../checks/instances-seen.js";
import type { EvidenceOfInstances } from "../../checks/judge-view.js";
import { KeysSeen } from "../../checks/keys/keys-seen.js";
import { Mentions } from "../../checks/mentions.js";
import { FactsSeen } from "../../checks/passive/index.js";
import type { Exchange } from "../../evidence/exchange.js";
import type { JournalEntry, ScenarioInstance } from "../../evidence/journal-entry.js";
import { type SeenExchange, seenExchange } from "../../evidence/seen-exchange.js";
import { SlimHeaders } from "./slim-headers.js";

/**
 * What a whole journal holds, found again by instance: fed entry by entry, then asked. Unlike an `EvidenceIndex` it is for looking
 * back on a run that is over: nobody waits for what is still to come, and each instance is let go once it was told.
 */
export class RunEvidence implements EvidenceOfInstances {
  readonly keys = new KeysSeen();
  /** What passive checks need to know. */
  readonly facts = new FactsSeen();
  /** Versions of rooms, by id, as the scenarios bound them. */
  readonly roomVersions = new Map<string, string>();
  readonly #instances = new InstancesSeen();
  readonly #mentions = new Mentions();
  readonly #headers = new SlimHeaders();
  readonly #byId = new Map<string, SeenExchange>();
  readonly #byName = new ExchangesByName();

  /** `body` gives the bytes of a digest; undefined when they are lost. */
  constructor(private readonly body: (digest: string) => Uint8Array | undefined) {}

  add(entry: JournalEntry): void {
    if (entry.kind === "exchange") this.#addExchange(entry.seq, entry.exchange);
    else {
      this.#instances.add(entry);
      if (entry.kind === "planned") this.#mentions.add(entry.instance);
      if (entry.kind === "binding" && entry.value.kind === "room" && this.#instances.has(entry.instance))
        this.roomVersions.set(String(entry.value.roomId), String(entry.value.version));
    }
  }

  #addExchange(seq: number, exchange: Exchange): void {
    const seen = seenExchange(seq, this.#headers.in(exchange), this.body);
    this.keys.learn(seen);
    this.facts.learn(seen);
    this.#byId.set(seen.id, seen);
    for (const mention of this.#mentions.in(seen)) this.#byName.add(mention, seen);
  }

  /** Every exchange, in the order of the journal. */
  get exchanges(): Iterable<SeenExchange> {
    return this.#byId.values();
  }

  exchange(id: string): SeenExchange | undefined {
    return this.#byId.get(id);
  }

  of(instance: string): InstanceEvidence {
    return this.#instances.of(instance);
  }

  /** As `ExchangesByName` finds them. */
  exchangesOf(instance: string): readonly SeenExchange[] {
    return this.#byName.of(this.of(instance));
  }

  longestStandstill(instance: string, upTo: number): number {
    return this.#instances.longestStandstill(instance, upTo);
  }

  /** The instances whose token an exchange names. */
  instancesOf(exchange: SeenExchange): readonly ScenarioInstance[] {
    return this.#mentions.instancesIn(exchange);
  }

  /** Lets go of what the instance bound and observed: it has been told. */
  release(instance: string): void {
    this.#instances.release(instance);
  }
}
