import { expect } from "chai";
import { untilStopped } from "../../src/cli/stop-signals.js";

const listeners = () => ["SIGINT", "SIGTERM", "SIGHUP"].map((name) => process.listenerCount(name));

async function done(work: (signal: AbortSignal) => Promise<unknown>) {
  const lines: string[] = [];
  const before = listeners();
  const outcome = await untilStopped(work, { out: () => undefined, err: (line) => lines.push(line), cwd: "/" }).then(
    () => "ended",
    (error: Error) => error.message,
  );
  expect(listeners()).to.deep.equal(before);
  return { outcome, lines };
}

const stopped = (signal: AbortSignal, reason?: Error) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(reason ?? signal.reason), { once: true });
    process.emit("SIGTERM", "SIGTERM");
  });

describe("cli/stop-signals", () => {
  it("lets work end by itself, or fail by itself", async () => {
    expect(await done(async () => undefined)).to.deep.equal({ outcome: "ended", lines: [] });
    expect(await done(() => Promise.reject(new Error("broken")))).to.deep.equal({ outcome: "broken", lines: [] });
  });

  it("counts work that a signal stopped as ended", async () => {
    expect(await done(stopped)).to.deep.equal({
      outcome: "ended",
      lines: ["SIGTERM: stopping, taking the servers down"],
    });
  });

  it("tells what else went wrong while stopping", async () => {
    const { outcome, lines } = await done((signal) => stopped(signal, new Error("a container would not go")));
    expect(outcome).to.equal("ended");
    expect(lines).to.include("a container would not go");
  });
});
