import { expect } from "chai";
import { ClientConnectionError } from "../../../src/client/client-error.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { ask, askAt, refusalOf } from "../../../src/steps/asking/client-calls.js";
import type { StepContext } from "../../../src/steps/context.js";

/** A step whose user's requests fail with that error; what is charged and observed is noted. */
function failingWith(error: Error, signal = new AbortController().signal) {
  const charged: unknown[] = [];
  const observed: JsonObject[] = [];
  const context: Pick<StepContext, "signal" | "seatOf" | "observe" | "fail"> & { readonly client: unknown } = {
    signal,
    client: () => ({ request: () => Promise.reject(error) }),
    seatOf: () => "one",
    observe: (_what, data) => observed.push(data),
    fail: (seat, reason) => {
      charged.push(seat);
      throw new Error(reason);
    },
  };
  return { context: context as unknown as StepContext, charged, observed };
}

const reasonOf = (act: Promise<unknown>): Promise<unknown> => act.catch((error: unknown) => error);

describe("steps/client-calls", () => {
  const acts = {
    ask: (context: StepContext) => ask(context, "ann", "GET", "/x"),
    askAt: (context: StepContext) => askAt(context, "ann", "GET", "/_matrix/client/v3/x"),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`${name}: charges the user's server where no answer came, and tells of the exchange`, async () => {
      const { context, charged, observed } = failingWith(new ClientConnectionError("cut off", "x7"));
      expect(await reasonOf(act(context))).to.have.property(
        "message",
        "GET /_matrix/client/v3/x had no answer: cut off",
      );
      expect(charged).to.deep.equal(["one"]);
      expect(observed).to.deep.equal([{ exchange: "x7", status: 0 }]);
    });

    it(`${name}: charges nobody with what goes wrong on this side`, async () => {
      const mistake = new TypeError("a mistake");
      const { context, charged } = failingWith(mistake);
      expect(await reasonOf(act(context))).to.equal(mistake);
      expect(charged).to.deep.equal([]);
    });

    it(`${name}: charges nobody when the scenario is stopped`, async () => {
      const stopped = new Error("stopped");
      const { context, charged } = failingWith(new ClientConnectionError("cut off", "x7"), AbortSignal.abort(stopped));
      expect(await reasonOf(act(context))).to.equal(stopped);
      expect(charged).to.deep.equal([]);
    });
  }

  it("tells of a refusal whatever the path", () => {
    const answer = { status: 404, body: { errcode: "M_NOT_FOUND", error: "none" }, exchange: "x1" };
    expect(refusalOf("GET", "/rooms/%21r/100%", answer)).to.equal(
      "GET /rooms/!r/100% was answered with 404 M_NOT_FOUND: none",
    );
  });
});
