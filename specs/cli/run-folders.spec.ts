import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { RunJson } from "../../src/report/run-json.js";
import { cli } from "../support/run-cli.js";
import { quickRun, scenarioText } from "../support/run-project.js";
import { inTemporaryFolder, put } from "../support/temporary-folder.js";

describe("cli/commands: judge and report", () => {
  let project = "";

  before(async () => {
    project = mkdtempSync(join(tmpdir(), "concordat-"));
    put(project, "scenarios/spec/fails.yaml", scenarioText("spec/fails", "check: refused"));
    const done = await cli(quickRun(["spec/fails", "--out", "run"]), project);
    expect(done.exit, done.err).to.equal(1);
  });
  after(() => rmSync(project, { recursive: true }));

  /** Works beside a copy of the run, which is called `run`. */
  const besideCopy = (work: (cwd: string, folder: string) => Promise<void>) =>
    inTemporaryFolder((cwd) => {
      cpSync(join(project, "run"), join(cwd, "run"), { recursive: true });
      return work(cwd, join(cwd, "run"));
    });

  it("judge: 0 where the evidence gives the same, 1 and the place where run.json does not", () =>
    besideCopy(async (cwd, folder) => {
      expect(await cli(["judge", "run"], cwd)).to.deep.equal({
        exit: 0,
        out: "",
        err: "1 verdicts computed again, all agree",
      });
      const file = join(folder, "run.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"verdict": "fail"', '"verdict": "pass"'));
      const changed = await cli(["judge", "run"], cwd);
      expect(changed.exit).to.equal(1);
      expect(changed.out).to.equal("run.json: differs from what the journal gives, first at /outcome/verdict");
      writeFileSync(file, "{");
      expect((await cli(["judge", "run"], cwd)).out).to.contain("run.json: differs");
    }));

  it("both name the line of a journal that was changed", () =>
    besideCopy(async (cwd, folder) => {
      const file = join(folder, "journal.ndjson");
      writeFileSync(file, readFileSync(file, "utf8").replace('"platform"', '"Platform"'));
      const judged = await cli(["judge", "run"], cwd);
      expect(judged.exit).to.equal(1);
      expect(judged.out).to.contain("journal.ndjson line 1: changed after it was written");
      const reported = await cli(["report", "run", "--reporter", ""], cwd);
      expect(reported.exit).to.equal(0);
      expect(reported.err).to.contain("journal.ndjson line 1: changed after it was written");
    }));

  it("report: writes the same again", () =>
    besideCopy(async (cwd, folder) => {
      const before = readFileSync(join(folder, "run.json"), "utf8");
      rmSync(join(folder, "run.json"));
      const done = await cli(["report", "run", "--reporter", "junit"], cwd);
      expect(done).to.include({ exit: 0, err: `report: ${join("run", "junit.xml")}` });
      expect(readFileSync(join(folder, "run.json"), "utf8")).to.equal(before);
    }));

  it("report: tells what there is of a run that was killed; of nothing, judge says 4", () =>
    besideCopy(async (cwd, folder) => {
      const journal = join(folder, "journal.ndjson");
      const lines = readFileSync(journal, "utf8").split("\n");
      const planned = lines.findIndex((line) => line.includes('"kind":"planned"'));
      writeFileSync(journal, `${lines.slice(0, planned + 1).join("\n")}\n{"seq":`);
      expect(await cli(["report", "run", "--reporter", ""], cwd)).to.include({ exit: 0 });
      const killed = JSON.parse(readFileSync(join(folder, "run.json"), "utf8")) as RunJson;
      expect(killed.run.complete).to.equal(false);
      expect(killed.scenarios.map(({ verdict }) => verdict)).to.deep.equal(["not-run"]);
      expect(killed.outcome.verdict).to.equal("inconclusive");
      const judged = await cli(["judge", "run"], cwd);
      expect(judged.exit).to.equal(4);
      expect(judged.err).to.contain("the run was cut short");
    }));

  it("report: 2 where a body is missing", () =>
    besideCopy(async (cwd, folder) => {
      rmSync(join(folder, "evidence"), { recursive: true });
      const done = await cli(["report", "run"], cwd);
      expect(done).to.include({ exit: 2, out: "" });
      expect(done.err).to.match(/^evidence\/[0-9a-f]{64} is missing: a body of exchange x\d+$/);
    }));

  it("2 for what is no run, and nothing left behind", () =>
    inTemporaryFolder(async (cwd) => {
      put(cwd, "empty/journal.ndjson", "");
      for (const command of ["judge", "report"]) {
        const done = await cli([command, "nowhere"], cwd);
        expect(done).to.include({ exit: 2, out: "" });
        expect(done.err).to.contain("not the folder of a run");
      }
      expect(await cli(["report", "empty"], cwd)).to.include({
        exit: 2,
        err: "the journal holds no beginning of a run",
      });
      expect(await cli(["report", "empty", "--reporter", "pigeon"], cwd)).to.include({ exit: 2 });
      expect(readdirSync(join(cwd, "empty"))).to.deep.equal(["journal.ndjson"]);
    }));
});
