import { expect } from "chai";
import type { JournalBody } from "../../../src/evidence/journal-entry.js";
import { RunEvidence } from "../../../src/report/assemble/run-evidence.js";
import { SlimHeaders } from "../../../src/report/assemble/slim-headers.js";
import { type ExchangeDraft, keysOf, ONE, specExchange } from "../../support/exchanges.js";
import { INSTANCE, TOKEN } from "../../support/judged-story.js";

const ROOM: JournalBody = {
  kind: "binding",
  instance: INSTANCE.id,
  name: "hall",
  value: { kind: "room", roomId: "!r:one.test", version: "11" },
};

function evidence(...drafts: readonly (ExchangeDraft | JournalBody)[]): RunEvidence {
  const bodies = new Map<string, Uint8Array>();
  const found = new RunEvidence((digest) => bodies.get(digest));
  found.add({ seq: 1, at: 1, prev: "", kind: "planned", instance: INSTANCE, owed: [], steps: [] });
  for (const [at, draft] of drafts.entries()) {
    const place = { seq: at + 2, at: 1, prev: "" };
    if ("target" in draft) found.add({ ...place, kind: "exchange", exchange: recorded(draft, `x${at}`, bodies) });
    else found.add({ ...place, ...draft });
  }
  return found;
}

function recorded(draft: ExchangeDraft, id: string, bodies: Map<string, Uint8Array>) {
  const { seq: _s, requestBytes, responseBytes, requestJson: _q, responseJson: _r, ...rest } = specExchange(draft);
  bodies.set(`${id}-request`, requestBytes()).set(`${id}-response`, responseBytes());
  const { request, response } = rest;
  const answer = response === undefined ? {} : { response: { ...response, body: `${id}-response` } };
  return { ...rest, id, request: { ...request, body: `${id}-request` }, ...answer };
}

describe("report/assemble/run-evidence", () => {
  const drafts = [
    { target: "/x", method: "POST", body: { room_id: "!r:one.test" } },
    { target: "/x", method: "POST", body: { room_id: "!other:one.test" } },
    ROOM,
    { target: `/x/alice-${TOKEN}` },
    { to: ONE, target: "/_matrix/key/v2/server", answer: keysOf(ONE) },
  ];

  it("finds the exchanges of an instance by its token and its rooms, those before the binding too", () => {
    const found = evidence(...drafts);
    expect(found.exchangesOf(INSTANCE.id).map(({ id }) => id)).to.deep.equal(["x0", "x3"]);
    expect([...found.exchanges].map(({ id }) => id)).to.deep.equal(["x0", "x1", "x3", "x4"]);
    const token = found.exchange("x3");
    expect(token && found.instancesOf(token)).to.deep.equal([INSTANCE]);
    expect(found.exchange("x9")).to.equal(undefined);
  });

  it("learns keys, and the versions of rooms that were bound, and keeps them when an instance is let go", () => {
    const found = evidence(...drafts);
    found.release(INSTANCE.id);
    expect([...found.keys.of(ONE.name).keys()]).to.deep.equal([ONE.key.keyId]);
    expect([...found.roomVersions]).to.deep.equal([["!r:one.test", "11"]]);
    expect(found.of(INSTANCE.id).bindings).to.deep.equal([]);
  });
});

describe("report/assemble/slim-headers", () => {
  it("keeps headers that are alike once, and changes none", () => {
    const slim = new SlimHeaders();
    const headers = () => [["Server", "a"] as const, ["Date", "b"] as const, ["Long", "c".repeat(200)] as const];
    const exchange = () => specExchange({ target: "/x", headers: headers(), answerHeaders: headers() });
    const [first, second] = [slim.in(exchange()), slim.in(exchange())];
    expect(first.request.headers).to.deep.equal(exchange().request.headers);
    expect(second.response?.headers).to.deep.equal(headers());
    expect(second.response?.headers[0]).to.equal(first.response?.headers[0]);
    expect(second.response?.headers[1]).to.equal(first.request.headers.find(([name]) => name === "Date"));
  });
});
