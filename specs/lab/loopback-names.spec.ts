import { expect } from "chai";
import { answering, get, type RecordingLab, recordingLab, text } from "../support/in-process-lab.js";

describe("lab/loopback-names", () => {
  if (process.platform !== "linux") return;
  let recording: RecordingLab;

  beforeEach(async () => {
    recording = await recordingLab("loopback");
  });

  afterEach(() => recording.lab.close());

  it("gives each server an address for its name, at which the tap answers with its certificate", async () => {
    const { lab, records } = recording;
    const [one, two] = [lab.name("hs1"), lab.name("hs2")];
    expect([one, two].every((name) => /^127\.\d+\.\d+\.\d+:8448$/.test(name))).to.equal(true);
    lab.attach(two, { kind: "handler", handler: answering(200, "two") });
    const answer = await lab.transportFor(one)(two, get("/"));
    expect(text(answer.body)).to.equal("two");
    expect(records[0]).to.include({ from: one, to: two, status: 200 });
    expect(records[0]?.sni).to.equal(undefined);
  });

  it("keeps two labs of one host apart", async () => {
    const other = await recordingLab("loopback");
    try {
      const names = [recording, other].flatMap(({ lab }) => [lab.name("hs1"), lab.name("hs2"), lab.loopbackAddress()]);
      expect(new Set(names).size).to.equal(6);
      await Promise.all([other.lab.certificateFor(names[3] ?? ""), recording.lab.certificateFor(names[0] ?? "")]);
    } finally {
      await other.lab.close();
    }
  });

  it("frees its addresses when it is closed", async () => {
    const { lab } = recording;
    const name = lab.name("hs1");
    await lab.certificateFor(name);
    await lab.close();
    const again = await recordingLab("loopback");
    const same = again.lab.name("hs1");
    await again.lab.certificateFor(same);
    await again.lab.close();
    expect(same).to.equal(name);
  });

  it("cannot give a name without a port", () => {
    expect(() => recording.lab.name("hs1", { portless: true })).to.throw("cannot go without its port");
  });
});
