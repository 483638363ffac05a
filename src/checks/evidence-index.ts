import type { Exchange } from "../evidence/exchange.js";
import { type Binding, isStandstill, type JournalEntry, type ScenarioInstance } from "../evidence/journal-entry.js";
import { seenExchange } from "../evidence/seen-exchange.js";
import { plainTarget } from "../net/plain-target.js";
import { TOKEN_LENGTH } from "../scenario/plan.js";
import { KeysSeen } from "./keys/keys-seen.js";
import type { Observation, SeenExchange } from "./view.js";

export interface BoundName {
  readonly seq: number;
  readonly name: string;
  readonly value: Binding;
}

/** What the journal holds of one instance so far. */
interface InstanceEvidence {
  readonly instance: ScenarioInstance;
  readonly observations: Observation[];
  readonly bindings: BoundName[];
  /** While it was played. */
  readonly standstills: { readonly seq: number; readonly milliseconds: number }[];
}

interface Waiting {
  readonly evidence: InstanceEvidence;
  readonly hear: (exchange: SeenExchange) => void;
}

/** Room ids are opaque (appendices#room-ids): whatever may follow the mark, with a server name where there is one. */
const ROOM_ID = /![A-Za-z0-9._~=+-]+(?::[A-Za-z0-9.:[\]-]+)?/g;
const HEX_RUN = new RegExp(`[0-9a-f]{${TOKEN_LENGTH},}`, "g");
/** How far a body is searched for names, and how many it may bring: a hostile server can make either as large as it likes. */
const SEARCHED_BYTES = 4 * 1024 * 1024;
const MOST_MENTIONS = 10_000;
const NONE: readonly SeenExchange[] = [];

/** Finds again what the journal holds: fed entry by entry, live or from a file, and asked by instance. */
export class EvidenceIndex {
  readonly keys = new KeysSeen();
  private readonly instances = new Map<string, InstanceEvidence>();
  private readonly byId = new Map<string, SeenExchange>();
  private readonly byMention = new Map<string, SeenExchange[]>();
  /** In how many lists of `byMention` an exchange stands. */
  private readonly lists = new Map<SeenExchange, number>();
  private readonly forgotten = new Set<string>();
  private readonly byToken = new Map<string, ScenarioInstance>();
  private readonly waiting = new Set<Waiting>();

  /** `body` gives the bytes of a digest; undefined when they are lost. */
  constructor(private readonly body: (digest: string) => Uint8Array | undefined) {}

  add(entry: JournalEntry): void {
    if (entry.kind === "planned") {
      this.instances.set(entry.instance.id, {
        instance: entry.instance,
        observations: [],
        bindings: [],
        standstills: [],
      });
      this.byToken.set(entry.instance.token, entry.instance);
    } else if (entry.kind === "exchange") this.addExchange(entry.seq, entry.exchange);
    else if (entry.kind === "observation") {
      const { seq, step, what, data } = entry;
      this.instances.get(entry.instance)?.observations.push({ seq, step, what, data });
    } else if (entry.kind === "binding") {
      const { seq, name, value } = entry;
      this.instances.get(entry.instance)?.bindings.push({ seq, name, value });
    } else if (isStandstill(entry)) {
      const { seq, data } = entry;
      for (const id of data.during) this.instances.get(id)?.standstills.push({ seq, milliseconds: data.milliseconds });
    }
  }

  /** Every exchange, in the order of the journal. */
  get exchanges(): readonly SeenExchange[] {
    return [...this.byId.values()];
  }

  /**
   * Lets go of the exchanges that only this instance names, past and future, so that a long run needs no more memory than its
   * instances do at one time. It cannot be judged from here any more.
   */
  forget(instance: string): void {
    for (const name of namesOf(this.of(instance))) {
      this.forgotten.add(name);
      for (const exchange of this.byMention.get(name) ?? NONE) this.release(exchange);
      this.byMention.delete(name);
    }
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
    const found = this.instances.get(instance);
    if (found === undefined) throw new Error(`the journal holds no scenario instance ${instance}`);
    return found;
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

  /** The longest time for which Concordat itself got nothing done while the instance was played, in milliseconds. */
  longestStandstill(instance: string, upTo: number): number {
    const meanwhile = this.of(instance).standstills.filter(({ seq }) => seq <= upTo);
    return Math.max(0, ...meanwhile.map(({ milliseconds }) => milliseconds));
  }

  /** The instances whose token an exchange names. */
  instancesOf(exchange: SeenExchange): readonly ScenarioInstance[] {
    return [...new Set(this.namedIn(textOf(exchange)))];
  }

  /** The instances whose token a text holds, found in one pass over it. */
  private *namedIn(text: string): Iterable<ScenarioInstance> {
    for (const [run] of text.matchAll(HEX_RUN)) {
      for (let start = 0; start + TOKEN_LENGTH <= run.length; start += 1) {
        const instance = this.byToken.get(run.slice(start, start + TOKEN_LENGTH));
        if (instance !== undefined) yield instance;
      }
    }
  }

  private addExchange(seq: number, exchange: Exchange): void {
    const seen = seenExchange(seq, exchange, this.body);
    this.keys.learn(seen);
    const mentions = this.mentionsIn(textOf(seen));
    const wanted = [...mentions].filter((mention) => !this.forgotten.has(mention));
    if (mentions.size > 0 && wanted.length === 0) return;
    this.byId.set(exchange.id, seen);
    this.lists.set(seen, wanted.length);
    for (const mention of wanted) {
      const list = this.byMention.get(mention);
      // A copy: a part of a text keeps the whole of it in memory.
      if (list === undefined) this.byMention.set(Buffer.from(mention).toString(), [seen]);
      else list.push(seen);
    }
    for (const { evidence, hear } of [...this.waiting])
      if (namesOf(evidence).some((name) => mentions.has(name))) hear(seen);
  }

  private mentionsIn(text: string): ReadonlySet<string> {
    const mentions = new Set([...this.namedIn(text)].map(({ token }) => token));
    for (const [roomId] of text.matchAll(ROOM_ID)) {
      if (mentions.size >= MOST_MENTIONS) break;
      mentions.add(roomId);
    }
    return mentions;
  }
}

/** What an exchange of the instance names: its token, or a room that it bound. */
function namesOf({ instance, bindings }: InstanceEvidence): readonly string[] {
  const rooms = bindings.flatMap(({ value: { kind, roomId } }) =>
    kind === "room" && typeof roomId === "string" ? [roomId] : [],
  );
  return [instance.token, ...rooms];
}

/** All of an exchange in which names stand. */
function textOf({ from, to, request, requestBytes, responseBytes }: SeenExchange): string {
  return [from, to, plainTarget(request.target), text8(requestBytes()), text8(responseBytes())].join("\n");
}

function text8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SEARCHED_BYTES)).toString("utf8");
}
