import { expect } from "chai";
import { Alterations } from "../../../src/lab/altering/alterations.js";
import type { Act, AlterationRule } from "../../../src/lab/altering/rule.js";
import { bytes, put, text } from "../../support/in-process-lab.js";

const A = "a.test";
const B = "b.test";
const sent = (body = '{"n":1}') => put("/_matrix/federation/v1/send/1", body);
const rule = (id: string, act: Act, rest: Partial<AlterationRule> = {}): AlterationRule => ({
  ...{ id, name: id, from: A, to: B, endpoints: ["send"], act },
  ...rest,
});
const set = (n: number): Act => ({ kind: "rewrite-request", changes: [{ at: "/n", set: n }] });
const answer = { status: 200, headers: [], body: bytes('{"n":1}') };

describe("lab/altering/alterations", () => {
  let alterations: Alterations;

  beforeEach(() => {
    alterations = new Alterations();
  });

  it("leaves alone what no rule is about, also the other way", () => {
    alterations.add(rule("x/", set(2)));
    const request = sent();
    expect(alterations.onward(B, A, request)).to.deep.equal({ request, rules: [] });
    expect(alterations.onward(A, B, request).request).not.to.equal(request);
    expect(alterations.backward(A, B, request, answer)).to.deep.equal({ rules: [], response: answer });
  });

  it("applies rules in order, so many times as they say", () => {
    alterations.add(rule("one/", set(2), { times: 1 }));
    alterations.add(rule("two/", set(3)));
    const first = alterations.onward(A, B, sent());
    expect(text(first.request.body)).to.equal('{"n":3}');
    expect(first.rules.map(({ id }) => id)).to.deep.equal(["one/", "two/"]);
    expect(alterations.onward(A, B, sent()).rules.map(({ id }) => id)).to.deep.equal(["two/"]);
  });

  it("does not count where it changes nothing", () => {
    alterations.add(rule("one/", set(1), { times: 1 }));
    expect(alterations.onward(A, B, sent()).rules).to.deep.equal([]);
    expect(alterations.onward(A, B, sent('{"n":5}')).rules).to.have.length(1);
  });

  it("loses requests and answers, with or without another answer", () => {
    const standIn = { status: 502, body: {} };
    alterations.add(rule("cut/", { kind: "lose-request" }, { times: 1 }));
    alterations.add(rule("told/", { kind: "lose-request", standIn }, { times: 1 }));
    expect(alterations.onward(A, B, sent()).kept).to.deep.equal({});
    expect(alterations.onward(A, B, sent()).kept?.answer?.status).to.equal(502);
    expect(alterations.onward(A, B, sent()).kept).to.equal(undefined);
    alterations.add(rule("unheard/", { kind: "lose-response" }, { times: 1 }));
    alterations.add(rule("other/", { kind: "lose-response", standIn }, { times: 1 }));
    expect(alterations.backward(A, B, sent(), answer)).not.to.have.property("response");
    expect(alterations.backward(A, B, sent(), answer).response?.status).to.equal(502);
    expect(alterations.backward(A, B, sent(), answer).response).to.equal(answer);
  });

  it("holds requests back until they are taken, also after the rule has ended", () => {
    alterations.add(rule("kept/", { kind: "hold-back", standIn: { status: 200, body: { pdus: {} } } }));
    for (const n of [1, 2]) alterations.onward(A, B, sent(`{"n":${n}}`));
    alterations.end("kept/");
    expect(alterations.onward(A, B, sent()).kept).to.equal(undefined);
    const held = alterations.takeHeld("kept/");
    expect(held.map(({ request }) => text(request.body))).to.deep.equal(['{"n":1}', '{"n":2}']);
    expect(alterations.takeHeld("kept/")).to.deep.equal([]);
  });

  it("tells of the exchanges that it was applied to, once there are so many", async () => {
    const one = rule("one/", set(2));
    const waiting = alterations.applied("one/", 2, new AbortController().signal);
    alterations.recorded([one], "x1");
    alterations.recorded([rule("two/", set(2))], "x2");
    alterations.recorded([one], "x3");
    expect(await waiting).to.deep.equal(["x1", "x3"]);
    const gone = new Error("gone");
    const given = await alterations.applied("one/", 3, AbortSignal.abort(gone)).catch((error: unknown) => error);
    expect(given).to.equal(gone);
    const stop = new AbortController();
    const late = alterations.applied("one/", 3, stop.signal).catch((error: unknown) => error);
    stop.abort(gone);
    expect(await late).to.equal(gone);
  });

  it("forgets what is about an instance, and nothing else", async () => {
    alterations.add(rule("t1/a/", set(2)));
    alterations.add(rule("t2/a/", { kind: "hold-back", standIn: { status: 200, body: {} } }));
    alterations.onward(A, B, sent());
    alterations.forget("t1/");
    expect(alterations.onward(A, B, sent()).rules.map(({ id }) => id)).to.deep.equal(["t2/a/"]);
    alterations.forget("t2/");
    expect(alterations.takeHeld("t2/a/")).to.deep.equal([]);
  });
});
