import { expect } from "chai";
import { ExecutionPool } from "../../../src/cli/mutants/execution-pool.js";
import { childProcesses } from "../../support/child-processes.js";
import { asksVersion, call, embedded, owes, smallScenario } from "../../support/small-run.js";

const BREAKS = "version-needs-authorization";
const UNSIGNED = { by: "peer", to: "server", path: "/_matrix/federation/v1/version", signed: false };
const QUICK = smallScenario("spec/quick", [call("asked", "request", UNSIGNED, owes("server", "succeeds"))]);
const LONG = smallScenario("spec/long", [
  asksVersion("asked", owes("server", "receives", { peer: "peer", request: "version" })),
]);

async function withPool<T>(
  workers: number,
  use: (pool: ExecutionPool, stop: AbortController) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const pool = new ExecutionPool({ target: await embedded(), seed: "spec", workers, signal: stop.signal });
  try {
    return await use(pool, stop);
  } finally {
    await pool.close();
  }
}

describe("cli/mutants/execution-pool", () => {
  it("plays several executions side by side, each on servers of its own", () =>
    withPool(4, async ({ play }) => {
      const runs = await Promise.all([
        play({ scenarios: [QUICK] }),
        play({ scenarios: [QUICK], defect: BREAKS, passive: [] }),
        play({ scenarios: [QUICK], defect: "errors-without-message", passive: [] }),
      ]);
      const verdicts = runs.map(({ scenarios }) => scenarios.map(({ verdict }) => verdict));
      expect(verdicts).to.deep.equal([["pass"], ["fail"], ["pass"]]);
      expect(runs.map(({ asked }) => asked.size > 0)).to.deep.equal([true, false, false]);
      expect(runs[0]?.passive).to.not.be.empty;
      expect(runs[1]?.passive).to.deep.equal([]);
    })).timeout(180_000);

  it("loses with a process what it had under way, and plays the others", () =>
    withPool(1, async ({ play }) => {
      const before = childProcesses();
      const lost = play({ scenarios: [LONG], defect: BREAKS }).catch((error: unknown) => error);
      const other = play({ scenarios: [QUICK] });
      const [own] = childProcesses().filter((pid) => !before.includes(pid));
      if (own === undefined) throw new Error("no process was begun");
      process.kill(own, "SIGKILL");
      expect(await lost)
        .to.be.instanceOf(Error)
        .with.property("message")
        .that.contains("SIGKILL");
      expect((await other).scenarios.map(({ verdict }) => verdict)).to.deep.equal(["pass"]);
    })).timeout(180_000);

  it("ends with the signal, and leaves no process behind", async () => {
    const before = childProcesses();
    await withPool(1, async ({ play }, stop) => {
      const ends = [LONG, QUICK].map((scenario) => play({ scenarios: [scenario] }).catch((error: unknown) => error));
      stop.abort(new Error("enough"));
      expect(await Promise.all(ends)).to.deep.equal([stop.signal.reason, stop.signal.reason]);
      expect(await play({ scenarios: [QUICK] }).catch((error: unknown) => error)).to.equal(stop.signal.reason);
    });
    expect(childProcesses().filter((pid) => !before.includes(pid))).to.deep.equal([]);
  }).timeout(180_000);
});
