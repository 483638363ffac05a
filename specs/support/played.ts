import type { EvidenceIndex } from "../../src/checks/evidence-index.js";
import type { RawHeaders } from "../../src/evidence/exchange.js";
import type { Binding, JournalEntry, PlannedStep, ScenarioInstance } from "../../src/evidence/journal-entry.js";
import type { SeenExchange } from "../../src/evidence/seen-exchange.js";
import { contentHashMatches } from "../../src/matrix/events/hashes.js";
import { checkEventSignature } from "../../src/matrix/events/sign.js";
import { isJsonObject, type JsonObject } from "../../src/matrix/json.js";
import type { Pdu } from "../../src/matrix/pdu.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";
import { checkServerKeys } from "../../src/matrix/server-keys.js";
import type { Step } from "../../src/steps/define.js";

/** How a step ended. */
export interface StepEnd {
  readonly verb: string;
  readonly outcome: "done" | "failed" | "skipped" | "error";
  /** The seat to which a failure is charged. */
  readonly owedBy?: string;
  readonly reason?: string;
}

/** An exchange with its JSON bodies. */
export interface Said {
  readonly method: string;
  /** Path and query, percent-decoded. */
  readonly target: string;
  /** The same as it stood on the wire. */
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly headers: RawHeaders;
  readonly request: JsonObject;
  /** The request's body as UTF-8. */
  readonly requestText: string;
  readonly status: number | undefined;
  readonly response: JsonObject;
}

/** What the journal holds of a list of steps that were played. */
export class Played {
  readonly ends: readonly StepEnd[];

  constructor(
    readonly instance: ScenarioInstance,
    private readonly steps: readonly PlannedStep[],
    private readonly entries: readonly JournalEntry[],
    private readonly index: EvidenceIndex,
  ) {
    this.ends = entries.flatMap((entry) => {
      if (entry.kind !== "step-end") return [];
      const { outcome, owedBy, reason } = entry;
      const verb = steps.find(({ id }) => id === entry.step)?.verb ?? "";
      return [
        { verb, outcome, ...(owedBy === undefined ? {} : { owedBy }), ...(reason === undefined ? {} : { reason }) },
      ];
    });
  }

  /** The title of the newest call of a step. */
  title(step: Step): string {
    return this.#newest(step).title;
  }

  userId(name: string): string {
    return this.instance.cast[name]?.userId ?? `nobody called ${name}`;
  }

  serverName(seat: string): string {
    return this.instance.seats[seat]?.serverName ?? `no seat ${seat}`;
  }

  /** What was bound last to a name. */
  bound(name: string): Binding {
    const found = this.entries.findLast((entry) => entry.kind === "binding" && entry.name === name);
    if (found?.kind !== "binding") throw new Error(`nothing was bound to ${name}`);
    return found.value;
  }

  get boundNames(): readonly string[] {
    return this.entries.flatMap((entry) => (entry.kind === "binding" ? [entry.name] : []));
  }

  roomId(name: string): string {
    return String(this.bound(name).roomId);
  }

  eventId(name: string): string {
    return String(this.bound(name).eventId);
  }

  text(name: string): string {
    return String(this.bound(name).value);
  }

  /** The event that a peer forged under a name. */
  pdu(name: string): Pdu {
    return this.bound(name).pdu as unknown as Pdu;
  }

  /** What the newest call of a step observed under a word, the newest last. */
  observed(step: Step, what: string): readonly JsonObject[] {
    const { id } = this.#newest(step);
    return this.entries.flatMap((entry) =>
      entry.kind === "observation" && entry.step === id && entry.what === what ? [entry.data] : [],
    );
  }

  /** The keys that the server in a seat published when it was asked last: current and retired ones, by id. */
  publishedKeys(seat: string): ReadonlyMap<string, string> {
    const document = this.sent(/^\/_matrix\/key\/v2\/server/).findLast(({ to }) => to === this.serverName(seat));
    const checked = checkServerKeys(document?.response ?? {}, this.serverName(seat));
    if (!checked.ok) throw new Error(checked.reason);
    const { verifyKeys, oldVerifyKeys } = checked.keys;
    return new Map([...verifyKeys, ...[...oldVerifyKeys].map(([id, { key }]) => [id, key] as const)]);
  }

  /** Whether the content hash of an event fits, and who of those in the seats given signed it with a published key. */
  soundness(
    event: Pdu,
    seats: readonly string[],
    roomVersion = "11",
  ): { readonly hash: boolean; readonly signers: string[] } {
    const rules = roomVersionRules(roomVersion);
    const signers = seats.filter((seat) =>
      [...this.publishedKeys(seat)].some(([keyId, key]) =>
        checkEventSignature(event, rules, this.serverName(seat), keyId, key),
      ),
    );
    return { hash: contentHashMatches(event), signers };
  }

  /** The exchange that the newest call of a step observed as its response. */
  answer(step: Step): Said {
    const observed = this.observed(step, "response").at(-1);
    const exchange = this.index.exchange(String(observed?.exchange));
    if (exchange === undefined) throw new Error(`${step.name} observed no response`);
    return said(exchange);
  }

  /** What went between the servers and peers, or from clients, while the steps were played: those whose path matches. */
  sent(path: RegExp): readonly Said[] {
    const all = this.entries.flatMap((entry) => {
      const seen = entry.kind === "exchange" ? this.index.exchange(entry.exchange.id) : undefined;
      return seen === undefined ? [] : [said(seen)];
    });
    return all.filter(({ target }) => path.test(target));
  }

  /** The same, of those that a server or peer sent. */
  sentBy(seat: string, path: RegExp): readonly Said[] {
    return this.sent(path).filter(({ from }) => from === this.serverName(seat));
  }

  #newest(step: Step): PlannedStep {
    const found = this.steps.findLast(({ verb }) => verb === step.name);
    if (found === undefined) throw new Error(`${step.name} was not called`);
    return found;
  }
}

function said(exchange: SeenExchange): Said {
  const { from, to, request, response } = exchange;
  return {
    method: request.method,
    target: decodeURIComponent(request.target),
    uri: request.target,
    from,
    to,
    headers: request.headers,
    request: object(exchange.requestJson()),
    requestText: Buffer.from(exchange.requestBytes()).toString("utf8"),
    status: response?.status,
    response: object(exchange.responseJson()),
  };
}

function object(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
