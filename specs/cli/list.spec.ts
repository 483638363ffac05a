import { expect } from "chai";
import { cli } from "../support/run-cli.js";
import { inTemporaryFolder, put } from "../support/temporary-folder.js";

interface Item {
  readonly id: string;
  readonly scenarios: string[];
  readonly passive: string[];
  readonly url: string;
  readonly notTested?: { readonly code: string; readonly reason: string };
}

describe("cli/list", () => {
  for (const what of ["scenarios", "requirements", "targets", "steps", "checks", "defects"]) {
    it(`lists ${what}, one a line, and the same as JSON`, async () => {
      const text = await cli(["list", what]);
      const json = await cli(["list", what, "--json"]);
      expect([text.exit, json.exit]).to.deep.equal([0, 0]);
      const parsed = JSON.parse(json.out);
      const items: { id?: string; name?: string }[] = Array.isArray(parsed) ? parsed : parsed[what];
      const firstWords = text.out.split("\n").map((line) => line.split(/\s+/)[0]);
      expect(firstWords.slice(0, items.length)).to.deep.equal(items.map(({ id, name }) => id ?? name));
    });
  }

  it("tells which requirements are tested, by scenarios and by passive checks", async () => {
    const { out } = await cli(["list", "requirements", "--json"]);
    const items: Item[] = JSON.parse(out).requirements;
    const find = (id: string) => items.find((item) => item.id === id);
    expect(items).to.have.length(995);
    expect(find("FED-KEY-001")?.scenarios).to.include("keys/key-document");
    expect(find("FED-API-008")?.passive).to.have.length.greaterThan(0);
    expect(find("FED-KEY-001")?.url).to.match(/^https:\/\/spec\.matrix\.org\/v1\.19\//);
  });

  it("sums up how much of the catalogue is tested", async () => {
    const { out } = await cli(["list", "requirements"]);
    const [, tested, total] = /^([0-9]+) of ([0-9]+) requirements are tested/mu.exec(out) ?? [];
    const { coverage } = JSON.parse((await cli(["list", "requirements", "--json"])).out);
    expect(coverage).to.deep.include({ total: Number(total), covered: Number(tested), unexplained: 0 });
    const { covered, of, percent } = coverage.checkableMusts;
    expect(out.endsWith(`MUSTs that a black box can check: ${covered} of ${of} covered (${percent} %)`)).to.equal(true);
    expect(Object.keys(coverage.byArea)).to.have.length(49);
  });

  it("lists one area, and of it what nothing tests, with the reason", async () => {
    const area: Item[] = JSON.parse(
      (await cli(["list", "requirements", "--area", "openid", "--json"])).out,
    ).requirements;
    expect(area.map(({ id }) => id)).to.include.members(["FED-OID-001", "FED-OID-005"]);
    const { out } = await cli(["list", "requirements", "--not-tested", "--json"]);
    const untested: Item[] = JSON.parse(out).requirements;
    expect(untested).not.to.deep.equal([]);
    for (const { scenarios, passive, notTested } of untested) {
      expect([...scenarios, ...passive]).to.deep.equal([]);
      expect(notTested?.reason).to.be.a("string");
    }
    expect((await cli(["list", "requirements", "--area", "nowhere"])).err).to.contain("there is no such area");
    expect((await cli(["list", "steps", "--not-tested"])).exit).to.equal(2);
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
