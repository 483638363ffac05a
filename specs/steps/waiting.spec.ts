import { expect } from "chai";
import type { StepContext } from "../../src/steps/context.js";
import { milliseconds, waitingFor } from "../../src/steps/waiting.js";

const contextOf = (signal: AbortSignal) => ({ signal, patienceMs: Number.POSITIVE_INFINITY }) as StepContext;
const never = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
  );
const rejectionOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no rejection",
    (error: Error) => error.message,
  );

describe("steps/waiting", () => {
  it("reads times as written, ten seconds unless said", () => {
    expect(["250ms", "2s", undefined].map(milliseconds)).to.deep.equal([250, 2000, 10_000]);
  });

  it("gives what came in time, and nothing when the time passed", async () => {
    const context = contextOf(new AbortController().signal);
    expect(await waitingFor(context, "5s", async () => "it")).to.equal("it");
    expect(await waitingFor(context, "5ms", never)).to.equal(undefined);
  });

  it("does not take the end of the scenario, or a failure, for the end of the wait", async () => {
    const scenario = new AbortController();
    const waiting = waitingFor(contextOf(scenario.signal), "5s", never);
    scenario.abort(new Error("the deadline passed"));
    expect(await rejectionOf(waiting)).to.equal("the deadline passed");
    const lost = waitingFor(contextOf(new AbortController().signal), "5s", () => Promise.reject(new Error("lost")));
    expect(await rejectionOf(lost)).to.equal("lost");
  });
});
