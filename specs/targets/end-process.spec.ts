import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { endProcess } from "../../src/targets/drivers/end-process.js";

describe("targets/drivers/end-process", () => {
  it("ends a process politely", async () => {
    const child = await started("process.on('SIGTERM', () => process.exit(7))");
    await endProcess(child);
    expect(child.exitCode).to.equal(7);
    await endProcess(child);
  });

  it("ends one that will not listen", async () => {
    const child = await started("process.on('SIGTERM', () => undefined)");
    await endProcess(child, 50);
    expect(child.signalCode).to.equal("SIGKILL");
  });
});

async function started(script: string) {
  const whole = `${script}; setInterval(() => undefined, 1000); process.stdout.write("up")`;
  const child = spawn(process.execPath, ["-e", whole], { stdio: ["ignore", "pipe", "ignore"], detached: true });
  await once(child.stdout, "data");
  return child;
}
