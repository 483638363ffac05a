import { expect } from "chai";
import { startTarget, startTargets } from "../../src/targets/start.js";
import type { StartOptions } from "../../src/targets/target.js";
import { get, type RecordingLab, recordingLab, text } from "../support/in-process-lab.js";
import { shippedTarget } from "../support/shipped-target.js";

describe("targets/drivers/embedded", () => {
  let recording: RecordingLab;

  beforeEach(async () => {
    recording = await recordingLab();
  });

  afterEach(() => recording.lab.close());

  it("starts servers that answer clients directly and servers through the tap", async () => {
    const target = await shippedTarget("embedded");
    const { lab, records } = recording;
    const started = await startTargets(["hs1", "hs2"].map((label) => ({ target, options: options(lab, label) })));
    const [one, two] = started;
    if (!one || !two) throw new Error("two were asked for");
    const versions = await fetch(`${one.clientUrl}/_matrix/client/versions`);
    expect(versions.status).to.equal(200);
    const keys = await lab.transportFor(one.serverName)(two.serverName, get("/_matrix/key/v2/server"));
    expect(JSON.parse(text(keys.body)).server_name).to.equal(two.serverName);
    expect(records.at(-1)).to.include({ from: one.serverName, to: two.serverName, status: 200 });
    await Promise.all(started.map((server) => server.stop()));
    await one.stop();
    expect(await fetch(`${one.clientUrl}/_matrix/client/versions`).catch(() => "gone")).to.equal("gone");
  });

  it("has the same keys under the same name and seed, and others under another seed", async () => {
    const target = await shippedTarget("embedded");
    const keys = async (seed: string) => {
      const { lab } = await recordingLab("dns", {}, "the same run");
      const server = await startTarget(target, { ...options(lab, "hs1"), seed });
      const answer = await lab.transportFor(lab.name("hs2"))(server.serverName, get("/_matrix/key/v2/server"));
      await server.stop();
      await lab.close();
      return JSON.stringify(JSON.parse(text(answer.body)).verify_keys);
    };
    const first = await keys("1");
    expect(await keys("1")).to.equal(first);
    expect(await keys("2")).not.to.equal(first);
  });

  it("takes no image", async () => {
    const target = await shippedTarget("embedded");
    const error = await startTarget(target, { ...options(recording.lab, "hs1"), image: "x" }).catch(
      (cause: Error) => cause,
    );
    expect(error).to.have.property("code", "image-not-applicable");
  });
});

function options(lab: StartOptions["lab"], label: string): StartOptions {
  return { lab, label, preset: "testing", seed: "1", signal: new AbortController().signal };
}
