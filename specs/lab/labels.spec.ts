import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { isLeftover, labelOfRun, runLabels } from "../../src/lab/labels.js";
import { identityOf, isSameAlive } from "../../src/lab/process-identity.js";

describe("lab/labels", () => {
  it("names run and process, and spares what a live run holds", () => {
    const labels = runLabels("run-7");
    expect(labels).to.include({ "org.concordat": "true", "org.concordat.run": "run-7" });
    expect(labelOfRun("run-7")).to.equal("org.concordat.run=run-7");
    expect(isLeftover(labels)).to.equal(false);
  });

  it("calls leftovers what a dead process, or one with a reused id, has made", () => {
    const labels = runLabels("run-7");
    expect(isLeftover({ ...labels, "org.concordat.started": "1" })).to.equal(process.platform === "linux");
    expect(isLeftover({ ...labels, "org.concordat.pid": "4194305" })).to.equal(true);
  });

  it("never touches what is not Concordat's, or another host's", () => {
    const dead = { ...runLabels("run-7"), "org.concordat.pid": "4194305" };
    expect(isLeftover({ ...dead, "org.concordat": "no" })).to.equal(false);
    expect(isLeftover({ ...dead, "org.concordat.host": "elsewhere" })).to.equal(false);
  });
});

describe("lab/process-identity", () => {
  it("tells a process that has ended", async () => {
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
    await once(child, "spawn");
    const identity = identityOf(child.pid ?? 0);
    if (!identity) throw new Error("the child has an identity while it runs");
    expect(isSameAlive(identity)).to.equal(true);
    child.stdin.end();
    await once(child, "exit");
    expect(isSameAlive(identity)).to.equal(false);
  });
});
