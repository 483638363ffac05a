import { expect } from "chai";
import type { Check, Finding } from "../../src/checks/define.js";
import { EvidenceIndex } from "../../src/checks/evidence-index.js";
import { judgeView } from "../../src/checks/judge-view.js";
import type { JudgeView } from "../../src/checks/view.js";
import { digestOf } from "../../src/evidence/bodies.js";
import type { Binding, JournalBody, JournalEntry, ScenarioInstance } from "../../src/evidence/journal-entry.js";
import type { JsonObject } from "../../src/matrix/json.js";
import type { StepContext } from "../../src/steps/context.js";
import {
  type ExchangeDraft,
  keysOf,
  ONE,
  roomOf,
  type SpecServer,
  specExchange,
  specServer,
  TWO,
} from "./exchanges.js";

export const TOKEN = "0123456789";
/** A server that plays a peer, named as peers are. */
export const JOINER = specServer(`joiner-${TOKEN}.test:8448`);

/** The servers of a story: `resident` and `other` are under test, `joiner` is played. */
export const INSTANCE: ScenarioInstance = {
  id: "spec/story[v11][resident=one]",
  scenario: "spec/story",
  title: "A story",
  purpose: "To be judged.",
  file: "scenarios/spec/story.yaml",
  token: TOKEN,
  roomVersion: "11",
  seats: {
    resident: { kind: "target", serverName: ONE.name, target: "one" },
    other: { kind: "target", serverName: TWO.name, target: "two" },
    joiner: { kind: "peer", serverName: JOINER.name },
  },
  cast: {
    alice: { userId: `@alice-${TOKEN}:${ONE.name}`, seat: "resident" },
    bob: { userId: `@bob-${TOKEN}:${TWO.name}`, seat: "other" },
    june: { userId: `@june-${TOKEN}:${JOINER.name}`, seat: "joiner" },
  },
  attempt: 1,
};

/** The step and the expectation that stories are judged for. */
export const STEP = "asked";
export const EXPECTATION = `${INSTANCE.id}#${STEP}/1`;

/** The evidence of one scenario instance as a journal gives it, told entry by entry. */
export class JudgedStory {
  readonly #bodies = new Map<string, Uint8Array>();
  readonly index = new EvidenceIndex((digest) => this.#bodies.get(digest));
  #seq = 0;
  #exchanges = 0;

  constructor(readonly instance: ScenarioInstance = INSTANCE) {
    this.add({ kind: "planned", instance, owed: [], steps: [] });
  }

  add(body: JournalBody): this {
    this.#seq += 1;
    const entry: JournalEntry = { seq: this.#seq, at: this.#seq, prev: "", ...body };
    this.index.add(entry);
    return this;
  }

  bind(name: string, value: Binding): this {
    return this.add({ kind: "binding", instance: this.instance.id, name, value });
  }

  /** A room of the version, whose id is that of `specEvent`. */
  room(name: string, version = "11"): this {
    return this.bind(name, { kind: "room", roomId: roomOf(version), version });
  }

  event(name: string, eventId: string, room = "hall"): this {
    return this.bind(name, { kind: "event", eventId, room });
  }

  observe(what: string, data: JsonObject, step = STEP): this {
    return this.add({ kind: "observation", instance: this.instance.id, step, what, data });
  }

  /** What a check's `observe` noted for the expectation. */
  noted(what: string, data: JsonObject): this {
    return this.observe(what, { ...data, expectation: EXPECTATION });
  }

  /** Records an exchange and gives its id. */
  exchange(draft: ExchangeDraft): string {
    const { seq: _seq, requestBytes, responseBytes, requestJson: _q, responseJson: _r, ...rest } = specExchange(draft);
    const { request, response } = rest;
    this.#exchanges += 1;
    const exchange = {
      ...rest,
      id: `x${this.#exchanges}`,
      request: { ...request, body: this.#keep(requestBytes()) },
      ...(response === undefined ? {} : { response: { ...response, body: this.#keep(responseBytes()) } }),
    };
    this.add({ kind: "exchange", exchange });
    return exchange.id;
  }

  /** Records an exchange as the one whose response the step is about. */
  answer(draft: ExchangeDraft, step = STEP): this {
    const exchange = this.exchange(draft);
    return this.observe("response", { exchange, status: draft.status ?? 200 }, step);
  }

  /** The server publishes its keys. */
  keys(server: SpecServer): this {
    this.exchange({ from: ONE, to: server, target: "/_matrix/key/v2/server", answer: keysOf(server) });
    return this;
  }

  view(upTo = this.#seq): JudgeView {
    return judgeView(this.index, { instance: this.instance.id, step: STEP, expectation: EXPECTATION, upTo });
  }

  /** Lets a check look where it must, with these hands, and judges. */
  async observed(check: Check, given: JsonObject, hands: Partial<StepContext>): Promise<Finding> {
    const view = this.view();
    const bound = (name: string) => view.binding(name) ?? raise(`nothing is bound to ${name}`);
    const context: Partial<StepContext> = {
      instance: this.instance,
      signal: new AbortController().signal,
      patienceMs: Number.POSITIVE_INFINITY,
      serverName: view.serverName,
      boundOrNot: view.binding,
      roomId: (name) => String(bound(name).roomId),
      eventId: (name) => String(bound(name).eventId),
      observe: (what, data) => this.noted(what, data),
      ...hands,
    };
    await check.observe?.(context as StepContext, given as never);
    return this.judge(check, given);
  }

  judge(check: Check, given: JsonObject): Finding {
    return check.judge(this.view(), given as never);
  }

  #keep(body: Uint8Array): string {
    const digest = digestOf(body);
    this.#bodies.set(digest, body);
    return digest;
  }
}

function raise(message: string): never {
  throw new Error(message);
}

/** A story, the check's arguments, whether it holds, and what the finding says of it. */
export type Judged = readonly [
  what: string,
  story: (story: JudgedStory) => unknown,
  given: JsonObject,
  holds: Finding["holds"],
  actual: string | RegExp,
];

/** One case for each story; a check must be shown holding and failing. */
export function describeCheck(check: Check, stories: readonly Judged[]): void {
  describe(`the check ${check.name}`, () => {
    it("is shown holding and failing", () => {
      expect(new Set(stories.map(([, , , holds]) => holds)))
        .to.include(true)
        .and.to.include(false);
    });
    for (const [what, tell, given, holds, actual] of stories) {
      it(`${holds === "unknown" ? "does not know" : holds ? "holds" : "fails"}: ${what}`, () => {
        const story = new JudgedStory();
        tell(story);
        expectFinding(story.judge(check, given), holds, actual);
      });
    }
  });
}

export function expectFinding(finding: Finding, holds: Finding["holds"], actual: string | RegExp): void {
  expect(finding.holds, JSON.stringify(finding)).to.equal(holds);
  expect(finding.expected).not.to.be.empty;
  if (typeof actual === "string") expect(finding.actual).to.equal(actual);
  else expect(finding.actual).to.match(actual);
}
