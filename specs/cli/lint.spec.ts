import { expect } from "chai";
import { cli } from "../support/run-cli.js";
import { inTemporaryFolder, put } from "../support/temporary-folder.js";

describe("cli/lint", () => {
  it("finds nothing wrong with what comes with the package", async () => {
    const { exit, out, err } = await cli(["lint"]);
    expect(out).to.equal("");
    expect(exit).to.equal(0);
    expect(err).to.match(/^[0-9]+ files, 0 problems$/);
  });

  it("prints every problem of every file with its place", () =>
    inTemporaryFolder(async (folder) => {
      put(folder, "scenarios/a/b.yaml", "id: a/b\nid: a/b\n");
      put(folder, "targets/mine.yaml", "name: mine\n");
      put(folder, "profiles/buyer.yaml", "name: &x buyer\n");
      const { exit, out, err } = await cli(["lint"], folder);
      expect(exit).to.equal(2);
      expect(out).to.contain("scenarios/a/b.yaml:2:1: this key occurs twice in its map");
      expect(out).to.match(/targets\/mine\.yaml:[0-9]+:[0-9]+: /);
      expect(out).to.contain("profiles/buyer.yaml:1:10: anchors are not allowed: write it out");
      expect(err).to.match(/ [3-9] problems$/);
    }));

  it("leaves templates of server configuration alone", () =>
    inTemporaryFolder(async (folder) => {
      put(folder, "targets/templates/mine/homeserver.yaml", "a: &x 1\nb: *x\n");
      expect(await cli(["lint"], folder)).to.include({ exit: 0, out: "" });
    }));

  it("reports an id that two files claim", () =>
    inTemporaryFolder(async (folder) => {
      const own = await cli(["list", "scenarios", "--json"]);
      const [first]: { id: string }[] = JSON.parse(own.out);
      const { readFileSync } = await import("node:fs");
      const text = readFileSync(new URL(`../../scenarios/${first?.id}.yaml`, import.meta.url), "utf8");
      put(folder, `scenarios/${first?.id}.yaml`, text);
      const { exit, out } = await cli(["lint"], folder);
      expect(exit).to.equal(2);
      expect(out).to.contain(`\`${first?.id}\` is in scenarios/${first?.id}.yaml already`);
    }));
});
