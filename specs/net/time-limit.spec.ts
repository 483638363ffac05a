import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { withinTime } from "../../src/net/time-limit.js";

/** Work that ends when its signal is aborted, with the name of the reason. */
const ended = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve((signal.reason as Error).name), { once: true });
  });

describe("withinTime", () => {
  it("gives what the work gives, and leaves the signal alone afterwards", async () => {
    const [signal, limit] = await withinTime(20, undefined, async (...signals) => signals);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect([signal.aborted, limit.aborted]).to.deep.equal([false, false]);
  });

  it("ends the work when the time has passed, and says that it was that", async () => {
    const outer = new AbortController();
    const work = async (signal: AbortSignal, limit: AbortSignal) => [await ended(signal), limit.aborted];
    expect(await withinTime(10, outer.signal, work)).to.deep.equal(["TimeoutError", true]);
  });

  it("ends the work with the signal given, which is not the time", async () => {
    const outer = new AbortController();
    const work = withinTime(5000, outer.signal, async (signal, limit) => [await ended(signal), limit.aborted]);
    outer.abort();
    expect(await work).to.deep.equal(["AbortError", false]);
  });

  it("ends it also where memory was tidied up meanwhile", async () => {
    setFlagsFromString("--expose-gc");
    const tidyUp = runInNewContext("gc") as () => void;
    const tidying = setInterval(tidyUp, 10);
    try {
      const outer = new AbortController();
      const late = new Promise<string>((resolve) => setTimeout(resolve, 2000, "never"));
      const race = Promise.race([withinTime(100, outer.signal, ended), late]);
      expect(await race).to.equal("TimeoutError");
    } finally {
      clearInterval(tidying);
    }
  });

  it("passes on what the work rejects with", async () => {
    const failure = await withinTime(1000, undefined, () => Promise.reject(new Error("broken"))).catch(
      (error: Error) => error.message,
    );
    expect(failure).to.equal("broken");
  });
});
