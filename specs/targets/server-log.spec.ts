import { expect } from "chai";
import { ServerLog } from "../../src/targets/server-log.js";

const never = new AbortController().signal;

describe("targets/server-log", () => {
  it("finds words that came before, that come later, and that come in pieces", async () => {
    const log = new ServerLog();
    log.append("starting\nlistening on 80");
    expect(await log.waitFor("starting", never)).to.equal("found");
    const pieces = log.waitFor("listening on 8008", never);
    log.append("08\n");
    expect(await pieces).to.equal("found");
  });

  it("tells a server that stopped printing from one that is silent", async () => {
    const log = new ServerLog();
    const waiting = log.waitFor("ready", never);
    const ended = log.ended(never);
    log.append("oops\n");
    log.end();
    expect(await waiting).to.equal("ended");
    await ended;
  });

  it("gives up when told", async () => {
    const stop = new AbortController();
    const waiting = new ServerLog().waitFor("ready", stop.signal).catch((reason: Error) => reason);
    stop.abort(new Error("enough"));
    expect(await waiting).to.have.property("message", "enough");
  });

  it("shows its last lines", () => {
    const log = new ServerLog();
    log.append(Array.from({ length: 50 }, (_, n) => `line ${n}\n`).join(""));
    expect(log.tail(2)).to.equal("line 48\nline 49");
  });
});
