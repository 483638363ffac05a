import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { RunJson } from "../../src/report/run-json.js";
import { cli } from "../support/run-cli.js";
import { quickRun, scenarioText } from "../support/run-project.js";
import { put } from "../support/temporary-folder.js";

describe("cli/commands/run", () => {
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "concordat-"));
    put(folder, "scenarios/spec/holds.yaml", scenarioText("spec/holds", "check: succeeds"));
    put(folder, "scenarios/spec/fails.yaml", scenarioText("spec/fails", "check: refused"));
    const waits = "check: receives, peer: peer, request: version, within: 5s";
    put(folder, "scenarios/spec/waits.yaml", scenarioText("spec/waits", waits, "deadline: 300ms"));
    put(folder, "file", "");
    put(folder, "bad.json", "{}");
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (...args: readonly string[]) => cli(quickRun(args), folder);
  const there = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

  const WRONG: readonly (readonly [exit: 2 | 4, complaint: string, ...args: readonly string[]])[] = [
    [2, 'there is no target "nobody"', "--target", "nobody"],
    [2, 'there is no target "./missing.yaml"', "--target", "./missing.yaml"],
    [2, "--target embedded is given twice", "--target", "embedded", "--target", "embedded"],
    [2, "--shard 3/2: give i/n", "--shard", "3/2"],
    [2, "--shard half: give i/n", "--shard", "half"],
    [2, "--grep (: ", "--grep", "("],
    [2, "--reporter pigeon: known are", "--reporter", "html,pigeon"],
    [2, "--workers takes a whole number", "--workers", "0"],
    [2, "--workers takes a whole number", "--workers", "many"],
    [2, "--repeat takes a whole number", "--repeat", "1.5"],
    [2, "--defect gremlins: there is no such defect", "--defect", "gremlins"],
    [2, 'Given: "rain"', "--fail-on", "rain"],
    [2, "none.json", "--baseline", "none.json"],
    [2, "--baseline", "--baseline", "bad.json"],
    [2, "--out is given twice", "--out", "a", "--out", "b"],
    [2, "it exists already", "--out", "scenarios"],
    [2, "it exists already", "--out", "file"],
    [2, "cannot be written", "--out", "file/deep/run"],
    [4, "no scenario is called `spec/hodls`; did you mean `spec/holds`?", "spec/holds", "spec/hodls"],
    [4, "nothing matches", "spec/", "--grep", "nothing like it"],
    [4, "nothing matches", "--target", "embedded", "scenarios/spec/holds.yaml", "--shard", "2/2"],
  ];
  for (const [exit, complaint, ...args] of WRONG)
    it(`${exit}, and nothing left behind: run ${args.join(" ")}`, async () => {
      const before = there();
      const done = await run(...args);
      expect(done.err).to.contain(complaint);
      expect(done).to.include({ exit, out: "" });
      expect(there()).to.deep.equal(before);
    });

  it("0 where nothing failed; report and run are where it says", async () => {
    const done = await run("spec/holds", "--out", "runs/one", "--reporter", "junit,html");
    expect(done.exit, done.err).to.equal(0);
    expect(done.err).to.contain(`report: ${join("runs", "one", "junit.xml")}`);
    const files = ["evidence", "journal.ndjson", "junit.xml", "report.html", "run.json"];
    expect(readdirSync(join(folder, "runs/one")).sort()).to.deep.equal(files);
  });

  it("0 into a new folder below reports/, and run.json on request", async () => {
    const done = await run("spec/holds", "--json", "--repeat", "2");
    expect(done.exit, done.err).to.equal(0);
    const report = JSON.parse(done.out) as RunJson;
    const instance = "spec/holds[server=embedded]";
    expect(report.scenarios.map((one) => one.instance)).to.deep.equal([instance, `${instance}~2`]);
    expect(report.scenarios[0]?.repeat).to.equal("npx concordat run spec/holds --target embedded --seed spec");
    const [name = ""] = readdirSync(join(folder, "reports"));
    expect(JSON.parse(readFileSync(join(folder, "reports", name, "run.json"), "utf8"))).to.deep.equal(report);
  });

  it("1 where a MUST is broken, 3 where it could not be told, unless a baseline knows it", async () => {
    const failed = await run("spec/fails", "spec/waits", "--out", "failed", "--reporter", "baseline");
    expect(failed).to.include({ exit: 1 });
    expect(await run("spec/waits")).to.include({ exit: 3 });
    const baseline = ["--baseline", join("failed", "baseline.json")];
    expect(await run("spec/fails", "spec/waits", ...baseline)).to.include({ exit: 0 });
    const other = await run("spec/holds", ...baseline);
    expect(other.exit).to.equal(1);
    expect(other.err).to.contain("spec/holds").and.to.contain("spec/fails");
  });

  it("2 where a scenario does not lint", async () => {
    put(folder, "scenarios/spec/broken.yaml", scenarioText("spec/broken", "check: succeed"));
    const done = await run("spec/holds");
    expect(done).to.include({ exit: 2, out: "" });
    expect(done.err).to.match(/scenarios\/spec\/broken.yaml:\d+:\d+/);
  });
});

describe("cli/commands/mutants", () => {
  it("2 for a defect that there is not", async () => {
    const done = await cli(["mutants", "gremlins"]);
    expect(done).to.include({ exit: 2, out: "" });
    expect(done.err).to.contain("gremlins: there is no such defect");
  });
});
