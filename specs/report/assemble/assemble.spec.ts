import { expect } from "chai";
import { ownRequirements } from "../../../src/cli/project.js";
import { digestOf } from "../../../src/evidence/bodies.js";
import type { JournalBody, JournalEntry, Judgement, OwedExpectation } from "../../../src/evidence/journal-entry.js";
import type { Verdict } from "../../../src/evidence/verdict.js";
import { assembleRun } from "../../../src/report/assemble/assemble.js";
import { compileSchema } from "../../../src/schema/schema-files.js";
import { problemLines } from "../../../src/schema/validator.js";
import { type ExchangeDraft, ONE, specExchange } from "../../support/exchanges.js";
import { INSTANCE, JOINER } from "../../support/judged-story.js";

const BEGIN: JournalBody = {
  kind: "run-begin",
  run: {
    id: "a1b2c3",
    seed: "s",
    command: ["run"],
    repeat: ["--target", "one"],
    tool: { name: "concordat", version: "0.1.0" },
    host: { platform: "linux x64", node: "v20.19.0" },
  },
};
const SERVER: JournalBody = {
  kind: "server",
  server: {
    name: "one",
    product: "P",
    vendor: "V",
    driver: "embedded",
    preset: "testing",
    serverName: ONE.name,
    copy: 1,
    observed: {},
  },
};
const END: JournalBody = { kind: "run-end", endedAt: 99 };
const bodies = new Map<string, Uint8Array>();

function instanceId(attempt: number): string {
  return attempt === 1 ? INSTANCE.id : `${INSTANCE.id}~${attempt}`;
}

function owed(attempt: number, number: number): OwedExpectation {
  return {
    id: `${instanceId(attempt)}#asked/${number}`,
    step: "asked",
    check: "succeeds",
    arguments: {},
    requirement: "FED-KEY-001",
    level: "must",
    of: "resident",
    impact: "blocks",
  };
}

function planned(attempt = 1): JournalBody {
  const instance = { ...INSTANCE, id: instanceId(attempt), attempt };
  const steps = [{ id: "asked", title: "June asks", verb: "request" }];
  return { kind: "planned", instance, owed: [owed(attempt, 1), owed(attempt, 2)], steps };
}

/** An instance whose expectations were judged so. */
function played(verdicts: readonly Verdict[], attempt = 1, more: readonly JournalBody[] = []): JournalBody[] {
  const instance = instanceId(attempt);
  return [
    { kind: "scenario-begin", instance },
    { kind: "step-end", instance, step: "asked", outcome: "done" },
    ...more,
    ...verdicts.map((verdict, at): JournalBody => {
      const judgement: Judgement = { verdict, expected: "a 2xx", actual: "200", exchanges: ["x1"] };
      return { kind: "judgement", instance, expectation: owed(attempt, at + 1).id, upTo: 1, judgement };
    }),
    { kind: "scenario-end", instance },
  ];
}

function exchange(draft: ExchangeDraft): JournalBody {
  const { seq: _s, requestBytes, responseBytes, requestJson: _q, responseJson: _r, ...rest } = specExchange(draft);
  const keep = (bytes: Uint8Array) => {
    bodies.set(digestOf(bytes), bytes);
    return { body: digestOf(bytes), bodyBytes: bytes.length };
  };
  const response = rest.response === undefined ? {} : { response: { ...rest.response, ...keep(responseBytes()) } };
  return {
    kind: "exchange",
    exchange: { ...rest, id: "x1", request: { ...rest.request, ...keep(requestBytes()) }, ...response },
  };
}

function assemble(...told: readonly JournalBody[]) {
  const entries = told.map((body, at): JournalEntry => ({ seq: at + 1, at: 1000 + at, prev: "0".repeat(64), ...body }));
  return assembleRun({ entries, digest: "0".repeat(64), body: (one) => bodies.get(one) }, ownRequirements());
}

const VERSION = { from: JOINER, to: ONE, target: "/_matrix/federation/v1/version" };

describe("report/assemble", () => {
  it("gives what its schema allows, the same each time", () => {
    const told = [BEGIN, SERVER, planned(), exchange(VERSION), ...played(["fail", "pass"]), END];
    const run = assemble(...told);
    expect(problemLines(compileSchema("run")(JSON.parse(JSON.stringify(run))))).to.deep.equal([]);
    expect(JSON.stringify(assemble(...told))).to.equal(JSON.stringify(run));
    expect(run.run).to.deep.include({ complete: true, startedAt: "1970-01-01T00:00:01.000Z", seed: "s" });
    expect(run.targets).to.have.length(1);
    expect(run.scenarios[0]?.repeat).to.equal("npx concordat run spec/story --target one --room-version 11 --seed s");
  });

  it("holds what arrived in place of what was sent, as its schema allows", () => {
    const told = exchange(VERSION);
    if (told.kind !== "exchange") throw new Error("it is one");
    const bytes = new TextEncoder().encode('{"server":{"name":"Another"}}');
    bodies.set(digestOf(bytes), bytes);
    const response = { headers: [], body: digestOf(bytes), bodyBytes: bytes.length, status: 200 };
    const altered = { kind: "exchange", exchange: { ...told.exchange, altered: { response } } } as const;
    const run = assemble(BEGIN, SERVER, planned(), altered, ...played(["fail", "pass"]), END);
    expect(run.exchanges.x1).to.deep.include({ altered: { response } });
    expect(run.exchanges.x1?.arrivedResponseBody?.text).to.equal('{"server":{"name":"Another"}}');
    expect(run.exchanges.x1).to.not.have.property("arrivedRequestBody");
    expect(problemLines(compileSchema("run")(JSON.parse(JSON.stringify(run))))).to.deep.equal([]);
  });

  it("says nothing of what the run did not come to", () => {
    const { scenarios, run, outcome } = assemble(BEGIN, SERVER, planned());
    expect(run.complete).to.equal(false);
    expect(outcome.verdict).to.equal("inconclusive");
    expect(scenarios[0]).to.include({ verdict: "not-run", durationMs: 0 });
    expect(scenarios[0]?.steps[0]?.outcome).to.equal("not-reached");
    expect(scenarios[0]?.expectations.map(({ verdict }) => verdict)).to.deep.equal(["not-run", "not-run"]);
  });

  it("does not call a scenario good in whose middle the run ended", () => {
    const [scenario] = assemble(BEGIN, planned(), ...played(["pass"]).slice(0, -1)).scenarios;
    expect(scenario).to.include({ verdict: "inconclusive", reason: "The run ended in the middle of it." });
  });

  it("wants a person to look at requests that no scenario allowed for", () => {
    const violation: JournalBody = {
      kind: "observation",
      instance: INSTANCE.id,
      step: "",
      what: "violation",
      data: { peer: "joiner", origin: ONE.name, method: "GET", target: "/x" },
    };
    const [scenario] = assemble(BEGIN, planned(), ...played(["pass", "pass"], 1, [violation]), END).scenarios;
    expect(scenario?.verdict).to.equal("review");
    expect(scenario?.reason).to.equal("a request that the scenario did not allow for, first GET /x at joiner");
  });

  it("takes a step that broke for a fault of its own, whatever the expectations say", () => {
    const broken: JournalBody = {
      kind: "step-end",
      instance: INSTANCE.id,
      step: "asked",
      outcome: "error",
      reason: "TypeError: x",
    };
    const [scenario] = assemble(BEGIN, planned(), ...played(["pass", "pass"], 1, [broken]), END).scenarios;
    expect(scenario).to.include({ verdict: "error", reason: "June asks: TypeError: x" });
  });

  it("calls attempts unstable that differ, and only those", () => {
    const both = (first: readonly Verdict[], second: readonly Verdict[]) =>
      assemble(BEGIN, planned(1), planned(2), ...played(first, 1), ...played(second, 2), END).scenarios.map(
        ({ unstable }) => unstable,
      );
    expect(both(["pass", "fail"], ["pass", "fail"])).to.deep.equal([false, false]);
    expect(both(["pass", "fail"], ["fail", "pass"])).to.deep.equal([true, true]);
  });

  it("draws the traffic by the scenario's names, and shows the bodies of what did not pass", () => {
    const told = exchange({ ...VERSION, answer: { server: { name: "é" } } });
    const run = assemble(BEGIN, SERVER, planned(), told, ...played(["fail", "pass"]), END);
    expect(run.scenarios[0]?.sequence).to.deep.include({
      exchange: "x1",
      from: "joiner",
      to: "resident",
      label: "GET /version",
      result: "200",
      atMs: 1_700_000_000_000 - 1004,
    });
    expect(run.exchanges.x1?.responseBody).to.deep.equal({
      encoding: "utf-8",
      text: '{"server":{"name":"é"}}',
      cut: false,
    });
    expect(assemble(BEGIN, SERVER, planned(), told, ...played(["pass", "pass"]), END).exchanges.x1).to.equal(undefined);
  });

  it("cuts long bodies between characters, and gives what is no text in base64", () => {
    const shown = (answer: Uint8Array) => {
      const told = exchange(VERSION);
      if (told.kind !== "exchange" || told.exchange.response === undefined) throw new Error("no answer was told");
      bodies.set("spec", answer);
      const response = { ...told.exchange.response, body: "spec" };
      const entry: JournalBody = { kind: "exchange", exchange: { ...told.exchange, response } };
      return assemble(BEGIN, planned(), entry, ...played(["fail", "pass"]), END).exchanges.x1?.responseBody;
    };
    expect(shown(Buffer.from(`x${"é".repeat(9000)}`))).to.deep.equal({
      encoding: "utf-8",
      text: `x${"é".repeat(8191)}`,
      cut: true,
    });
    expect(shown(Buffer.alloc(16_384, "x"))).to.include({ encoding: "utf-8", cut: false });
    expect(shown(Buffer.from([0xff, 0x00]))).to.deep.equal({ encoding: "base64", text: "/wA=", cut: false });
    expect(shown(Buffer.alloc(20_000, 0xff))).to.include({ encoding: "base64", cut: true });
  });

  it("charges passive results to the target whose messages they are", () => {
    const bad = exchange({
      from: ONE,
      to: JOINER,
      target: "/_matrix/federation/v1/version",
      headers: [["authorization", ""]],
    });
    const { passive } = assemble(BEGIN, SERVER, planned(), bad, ...played(["pass", "pass"]), END);
    expect(passive.every(({ id }) => id.startsWith("passive/"))).to.equal(true);
    expect(new Set(passive.map(({ of }) => of)).size).to.be.at.most(1);
  });

  it("needs the beginning of a run", () => {
    expect(() => assemble(planned())).to.throw("no beginning of a run");
  });
});
