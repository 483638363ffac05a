import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { parse } from "yaml";
import type { Lab } from "../../src/lab/lab.js";
import { labValues } from "../../src/targets/lab-values.js";
import { renderSetup } from "../../src/targets/server-files.js";
import { labFor, loadTarget, targetNames } from "../../src/targets/start.js";
import { type RecordingLab, recordingLab } from "../support/in-process-lab.js";

const FOLDER = fileURLToPath(new URL("../../targets", import.meta.url));

describe("targets that are shipped", () => {
  let recording: RecordingLab;

  before(async () => {
    recording = await recordingLab();
  });

  after(() => recording.lab.close());

  it("are sound, named like their files, and render under both presets", async () => {
    for (const name of await targetNames(FOLDER)) {
      const target = await loadTarget(name, FOLDER);
      expect(target.name).to.equal(name);
      for (const preset of ["testing", "as-shipped"] as const) {
        const setup = await renderSetup(target, preset, await values(recording.lab, name));
        for (const { path, content } of setup.files) {
          expect(content, path).not.to.contain("${");
          if (path.endsWith(".yaml")) expect(() => parse(content), path).not.to.throw();
        }
      }
    }
  });

  it("give Synapse a lab's settings, and its own where it is taken as shipped", async () => {
    const target = await loadTarget("synapse", FOLDER);
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
      ["embedded", "synapse", "synapse-process"].map((name) => loadTarget(name, FOLDER)),
    );
    if (!embedded || !synapse || !process) throw new Error("a target is missing");
    expect(labFor([embedded])).to.deep.equal({ naming: "dns", docker: false });
    expect(labFor([embedded, synapse])).to.deep.equal({ naming: "dns", docker: true });
    expect(labFor([embedded, process])).to.deep.equal({ naming: "loopback", docker: false });
    expect(() => labFor([process, synapse]))
      .to.throw("cannot reach")
      .with.property("code", "naming");
  });

  it("are listed when a name is not known", async () => {
    const error = await loadTarget("synapze", FOLDER).catch((cause: Error) => cause);
    expect(error).to.include({ code: "target-not-found" }).and.have.property("hint").that.contains("synapse");
  });
});

async function values(lab: Lab, label: string) {
  const target = await loadTarget("synapse", FOLDER);
  const folders = { files: "/lab", data: "/data" };
  return labValues(lab, target, { serverName: lab.name(label), address: "0.0.0.0", folders, seed: "1" });
}
