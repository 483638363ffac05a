import { expect } from "chai";
import { cli } from "../support/run-cli.js";
import { inTemporaryFolder, put } from "../support/temporary-folder.js";

describe("cli/list", () => {
  for (const what of ["scenarios", "requirements", "targets", "steps", "checks", "defects"]) {
    it(`lists ${what}, one a line, and the same as JSON`, async () => {
      const text = await cli(["list", what]);
      const json = await cli(["list", what, "--json"]);
      expect([text.exit, json.exit]).to.deep.equal([0, 0]);
      const items: { id?: string; name?: string }[] = JSON.parse(json.out);
      const firstWords = text.out.split("\n").map((line) => line.split(/\s+/)[0]);
      expect(firstWords.slice(0, items.length)).to.deep.equal(items.map(({ id, name }) => id ?? name));
    });
  }

  it("tells which requirements are tested, by scenarios and by passive checks", async () => {
    const { out } = await cli(["list", "requirements", "--json"]);
    const items: { id: string; scenarios: string[]; passive: string[]; url: string }[] = JSON.parse(out);
    const find = (id: string) => items.find((item) => item.id === id);
    expect(items).to.have.length(994);
    expect(find("FED-KEY-001")?.scenarios).to.include("keys/key-document");
    expect(find("FED-API-008")?.passive).to.have.length.greaterThan(0);
    expect(find("FED-KEY-001")?.url).to.match(/^https:\/\/spec\.matrix\.org\/v1\.19\//);
    expect((await cli(["list", "requirements"])).out).to.match(/\n\n[0-9]+ of 994 requirements are tested$/);
  });

  it("sees the files of the working directory too", () =>
    inTemporaryFolder(async (folder) => {
      put(folder, "profiles/buyer.yaml", "name: buyer\nversion: 1.0.0\ntitle: What we buy\n");
      const { out } = await cli(["list", "profiles", "--json"], folder);
      expect(JSON.parse(out)).to.deep.include({
        name: "buyer",
        version: "1.0.0",
        title: "What we buy",
        file: "profiles/buyer.yaml",
      });
    }));

  it("does not list scenarios of which some are broken, and says where", () =>
    inTemporaryFolder(async (folder) => {
      put(folder, "scenarios/a/b.yaml", "id: a/b\n");
      const { exit, out, err } = await cli(["list", "scenarios"], folder);
      expect(exit).to.equal(2);
      expect(out).to.equal("");
      expect(err).to.contain("scenarios/a/b.yaml:1:1: the scenario needs `title`");
    }));
});
