import { expect } from "chai";
import { askedTimes, notaryMinimum, vouchesFor } from "../../../src/checks/keys/key-requests.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import { Arrivals } from "../../../src/peer/arrivals.js";
import { findingAtPeer, findingOn } from "../../support/evidence-view.js";
import { keysOf, NOW, PEER, specExchange, TWO } from "../../support/exchanges.js";

function asked(endpoint: string, ...bodies: readonly (JsonValue | undefined)[]): Arrivals {
  const arrivals = new Arrivals();
  for (const body of bodies) {
    arrivals.add({ kind: "request", origin: undefined, endpoint, method: "GET", target: "/", body });
  }
  return arrivals;
}

describe("checks/key-requests", () => {
  it("counts requests to an endpoint", async () => {
    const keys = asked("server-keys", undefined, undefined);
    const of = async (input: JsonObject) =>
      (await findingAtPeer(askedTimes, { peer: "peer", request: "server-keys", ...input }, keys)).holds;
    expect(await of({ "at-least": 2, "at-most": 2 })).to.equal(true);
    expect(await of({ "at-least": 3 })).to.equal(false);
    expect(await of({ "at-most": 1 })).to.equal(false);
    expect(await of({ request: "version", "at-least": 1 })).to.equal(false);
  });

  it("wants a minimum with each key that a notary is asked for", async () => {
    const query = (criteria: JsonObject) => ({ server_keys: { [TWO.name]: { "ed25519:a1": criteria } } });
    const of = async (...bodies: readonly JsonValue[]) =>
      (await findingAtPeer(notaryMinimum, { peer: "peer" }, asked("notary-query-many", ...bodies))).holds;
    expect(await of()).to.equal(true);
    expect(await of(query({ minimum_valid_until_ts: 1 }))).to.equal(true);
    expect(await of(query({ minimum_valid_until_ts: 1 }), query({}))).to.equal(false);
    expect(await of(query({ minimum_valid_until_ts: "1" }))).to.equal(false);
    expect(await of({ server_keys: { "two.test": {} } })).to.equal(false);
  });

  it("finds whose keys a notary gave", () => {
    const answer = (...documents: readonly JsonObject[]) =>
      specExchange({ target: "/_matrix/key/v2/query/x", answer: { server_keys: documents } });
    const bindings = { tonight: { kind: "time", value: String(NOW + 5) } };
    const of = (input: JsonObject, ...documents: readonly JsonObject[]) =>
      findingOn(vouchesFor, input, { answer: answer(...documents), bindings }).holds;
    expect(of({ servers: ["two"] }, keysOf(TWO), keysOf(PEER))).to.equal(true);
    expect(of({ servers: ["two"], exactly: true }, keysOf(TWO), keysOf(PEER))).to.equal(false);
    expect(of({ servers: ["two", "peer"], exactly: true }, keysOf(TWO))).to.equal(false);
    expect(of({ servers: ["two"], "valid-at": "tonight" }, keysOf(TWO, NOW + 5))).to.equal(true);
    expect(of({ servers: ["two"], "valid-at": "tonight" }, keysOf(TWO, NOW + 4))).to.equal(false);
    expect(() => of({ servers: ["two"], "valid-at": "noon" }, keysOf(TWO))).to.throw("${noon} stands for nothing");
    expect(
      findingOn(vouchesFor, { servers: [] }, { answer: specExchange({ target: "/", answer: {} }) }).holds,
    ).to.equal(false);
  });
});
