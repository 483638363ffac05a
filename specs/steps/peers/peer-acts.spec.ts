import { expect } from "chai";
import type { SeenExchange } from "../../../src/evidence/seen-exchange.js";
import { MatrixError } from "../../../src/homeserver/parts.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { StepContext } from "../../../src/steps/context.js";
import { peerActs } from "../../../src/steps/peers/peer-acts.js";

const ONE = "one.test";
/** A peer that is called by its address, with nothing of the instance in its name. */
const PEER = "127.0.0.1:8449";

interface Told {
  readonly target?: string;
  readonly from?: string;
  readonly interference?: string;
}

/** What a peer's act that ends in a refusal charges and observes, where those exchanges were recorded meanwhile. */
async function refused(seat: string, ...told: readonly Told[]) {
  const exchanges: SeenExchange[] = [];
  const charged: (string | undefined)[] = [];
  const observed: JsonObject[] = [];
  const context = {
    instance: {
      token: "0123456789",
      seats: { one: { kind: "target", serverName: ONE }, other: { kind: "peer", serverName: PEER } },
    },
    serverName: (name: string) => (name === "one" ? ONE : PEER),
    exchanges: () => exchanges,
    observe: (_what: string, data: JsonObject) => observed.push(data),
    fail: (owing: string | undefined, reason: string) => {
      charged.push(owing);
      throw new Error(reason);
    },
  };
  const act = async () => {
    for (const [at, { target = "/_matrix/federation/v1/x", ...rest }] of told.entries()) {
      const [method, id] = ["GET", `x${at}`];
      const request = { method, target, headers: [], body: "", bodyBytes: 0 };
      const response = { status: 403, headers: [], body: "", bodyBytes: 0 };
      const exchange = { kind: "federation", seq: at + 1, id, from: PEER, to: ONE, request, response, ...rest };
      exchanges.push(exchange as unknown as SeenExchange);
    }
    throw new MatrixError(403, "M_FORBIDDEN", "no");
  };
  const end = await peerActs(context as unknown as StepContext, seat, act).catch((error: unknown) => error);
  expect(end).to.have.property("message", "403 M_FORBIDDEN: no");
  return { charged, observed };
}

describe("steps/peer-acts", () => {
  it("charges the server that refused, whatever the peer is called, and tells of its last answer", async () => {
    const { charged, observed } = await refused("one", {}, {}, { target: "/_matrix/key/v2/server" });
    expect(charged).to.deep.equal(["one"]);
    expect(observed).to.deep.equal([{ exchange: "x1", status: 403 }]);
  });

  it("charges nobody when the lab stood in the way", async () => {
    expect((await refused("one", { interference: "partition" })).charged).to.deep.equal([undefined]);
  });

  it("charges no target that the peer never asked", async () => {
    expect((await refused("one")).charged).to.deep.equal([undefined]);
    expect(await refused("one", { from: "two.test" })).to.deep.equal({ charged: [undefined], observed: [] });
  });

  it("charges a peer with its own refusal", async () => {
    expect((await refused("other")).charged).to.deep.equal(["other"]);
  });
});
