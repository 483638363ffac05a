import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { cli } from "../support/run-cli.js";
import { inTemporaryFolder, put } from "../support/temporary-folder.js";

describe("cli/init", () => {
  it("writes a scenario and a target that lint", () =>
    inTemporaryFolder(async (folder) => {
      const { exit, out } = await cli(["init", "fresh"], folder);
      expect(exit).to.equal(0);
      expect(out).to.contain("written: fresh/scenarios/first/key-document.yaml");
      expect(out).to.contain("written: fresh/targets/my-server.yaml");
      expect(await cli(["lint"], join(folder, "fresh"))).to.include({ exit: 0, out: "" });
    }));

  it("refuses to overwrite, and then writes nothing at all", () =>
    inTemporaryFolder(async (folder) => {
      put(folder, "targets/my-server.yaml", "mine");
      const { exit, err } = await cli(["init"], folder);
      expect(exit).to.equal(2);
      expect(err).to.equal("nothing written: targets/my-server.yaml exists already");
      expect(readFileSync(join(folder, "targets/my-server.yaml"), "utf8")).to.equal("mine");
      expect(() => readFileSync(join(folder, "scenarios/first/key-document.yaml"))).to.throw("ENOENT");
    }));
});
