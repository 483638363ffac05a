import { basename } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { dataFiles, PACKAGE_FOLDER } from "../../src/cli/project.js";
import type { Lab } from "../../src/lab/lab.js";
import { labValues } from "../../src/targets/lab-values.js";
import { renderSetup } from "../../src/targets/server-files.js";
import { labFor } from "../../src/targets/start.js";
import { readTargetFile } from "../../src/targets/target-file.js";
import { type RecordingLab, recordingLab } from "../support/in-process-lab.js";
import { shippedTarget } from "../support/shipped-target.js";

describe("targets that are shipped", () => {
  let recording: RecordingLab;

  before(async () => {
    recording = await recordingLab();
  });

  after(() => recording.lab.close());

  it("are sound, named like their files, and render under both presets", async () => {
    for (const { path } of dataFiles("targets", PACKAGE_FOLDER)) {
      const target = await readTargetFile(path);
      expect(`${target.name}.yaml`).to.equal(basename(path));
      for (const preset of ["testing", "as-shipped"] as const) {
        const setup = await renderSetup(target, preset, await values(recording.lab, target.name));
        for (const { path, content } of setup.files) {
          expect(content, path).not.to.contain("${");
          if (path.endsWith(".yaml")) expect(() => parse(content), path).not.to.throw();
        }
      }
    }
  });

  it("give Synapse a lab's settings, and its own where it is taken as shipped", async () => {
    const target = await shippedTarget("synapse");
    const config = async (preset: "testing" | "as-shipped") => {
      const setup = await renderSetup(target, preset, await values(recording.lab, "hs1"));
      return parse(setup.files.find(({ path }) => path === "/lab/homeserver.yaml")?.content ?? "");
    };
    const [testing, shipped] = [await config("testing"), await config("as-shipped")];
    expect(testing).to.deep.include({ trusted_key_servers: [], bcrypt_rounds: 4, ip_range_blacklist: [] });
    expect(testing).not.to.have.property("presence");
    expect(shipped).not.to.have.any.keys("trusted_key_servers", "rc_message", "rc_federation", "federation");
    expect(shipped.server_name).to.match(/^hs1.*\.test:8448$/);
  });

  it("say which lab they need, and which do not go together", async () => {
    const [embedded, synapse, process] = await Promise.all(
      ["embedded", "synapse", "synapse-process"].map((name) => shippedTarget(name)),
    );
    if (!embedded || !synapse || !process) throw new Error("a target is missing");
    expect(labFor([embedded])).to.deep.equal({ naming: "dns", docker: false });
    expect(labFor([embedded, synapse])).to.deep.equal({ naming: "dns", docker: true });
    expect(labFor([embedded, process])).to.deep.equal({ naming: "loopback", docker: false });
    expect(() => labFor([process, synapse]))
      .to.throw("cannot reach")
      .with.property("code", "naming");
  });
});

async function values(lab: Lab, label: string) {
  const target = await shippedTarget("synapse");
  const folders = { files: "/lab", data: "/data" };
  return labValues(lab, target, { serverName: lab.name(label), address: "0.0.0.0", folders, seed: "1" });
}
