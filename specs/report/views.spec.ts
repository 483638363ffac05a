import { expect } from "chai";
import { anchor } from "../../src/report/anchors.js";
import { findingGroups } from "../../src/report/findings.js";
import { gaps, notTested } from "../../src/report/not-tested.js";
import { statementOf, targetOutcomes } from "../../src/report/outcome-words.js";
import { pairMatrix } from "../../src/report/pair-matrix.js";
import { reachOf } from "../../src/report/reach.js";
import { requirementsOf } from "../../src/report/requirement-lookup.js";
import { countVerdicts } from "../../src/report/roll-up.js";
import { CATALOGUE, incompleteRun, mixedRun, passingRun } from "./fixtures.js";

describe("what a report says", () => {
  it("states for each target what the decision rule gives", () => {
    expect(targetOutcomes(mixedRun()).map(({ statement }) => statement)).to.deep.equal([
      "does not",
      "could not be told",
    ]);
    expect(targetOutcomes(passingRun()).map(({ statement }) => statement)).to.deep.equal(["does"]);
  });

  it("says `does` of no run that was cut short, and of none with anything open", () => {
    expect(statementOf(countVerdicts(["pass"]), false)).to.equal("could not be told");
    for (const open of ["inconclusive", "error", "review"] as const) {
      expect(statementOf(countVerdicts(["pass", open]), true)).to.equal("could not be told");
    }
    expect(statementOf(countVerdicts(["not-run", "not-applicable"]), true)).to.equal("not tested");
    expect(statementOf(countVerdicts(["pass", "warn", "not-run"]), true)).to.equal("does");
    expect(statementOf(countVerdicts(["fail", "error"]), false)).to.equal("does not");
  });

  it("puts failures first, the gravest before the others, then what else somebody must read", () => {
    const groups = findingGroups(mixedRun());
    const verdicts = groups.map(({ findings, scenario }) => findings[0]?.result.verdict ?? scenario?.verdict);
    expect(verdicts).to.deep.equal(["fail", "fail", "fail", "error", "inconclusive", "review"]);
    expect(groups[0]?.findings[0]?.result.impact).to.equal("blocks");
  });

  it("hears a scenario whose verdict none of its expectations explains", () => {
    const run = passingRun();
    const scenarios = run.scenarios.map((one) => ({ ...one, verdict: "review" as const }));
    expect(findingGroups({ ...run, scenarios })).to.have.length(1);
    expect(targetOutcomes({ ...run, scenarios })[0]?.statement).to.equal("could not be told");
  });

  it("has no finding where everything passed", () => {
    expect(findingGroups(passingRun())).to.deep.equal([]);
  });

  it("groups what was not tested by its reason, and names gaps of the catalogue", () => {
    expect(
      notTested(mixedRun()).map(({ verdict, requirements, instances }) => [
        verdict,
        requirements.length,
        instances.length,
      ]),
    ).to.deep.equal([
      ["not-run", 1, 1],
      ["not-applicable", 0, 1],
    ]);
    expect(gaps(mixedRun(), CATALOGUE).map(({ id }) => id)).to.deep.equal(["FED-TPI-004"]);
    expect(gaps(passingRun(), new Map())).to.deep.equal([]);
  });

  it("measures a run by the catalogue, and tells what it says nothing about", () => {
    const untold = new Map([...CATALOGUE].map(([id, { notTested: _reason, ...one }]) => [id, one]));
    expect(reachOf(mixedRun(), CATALOGUE)?.unreached.map(({ code, words }) => [code, words])).to.deep.equal([
      ["other-role", "1 is owed by another kind of server"],
    ]);
    expect(reachOf(mixedRun(), untold)?.unreached.map(({ code }) => code)).to.deep.equal(["not-in-this-run"]);
    expect(reachOf(mixedRun(), new Map())).to.equal(undefined);
    const touched = [...CATALOGUE].filter(([id]) => id !== "FED-TPI-004");
    expect(reachOf(mixedRun(), new Map(touched))?.sentence).to.match(/touched [0-9]+\.$/);
  });

  it("charges a pair to its row only", () => {
    const [harbour, lantern] = pairMatrix(mixedRun());
    expect(harbour?.cells.map((cell) => cell?.verdict)).to.deep.equal([undefined, "fail", "fail"]);
    expect(lantern?.cells.map((cell) => cell?.verdict)).to.deep.equal(["pass", undefined, "inconclusive"]);
  });

  it("tells one product under two presets apart by its server names", () => {
    const run = mixedRun();
    const [harbour] = run.targets;
    const shipped = {
      ...run.targets[1],
      ...harbour,
      preset: "as-shipped",
      serverNames: ["hs9.lab.example"],
    } as (typeof run.targets)[0];
    const outcomes = targetOutcomes({ ...run, targets: [...run.targets, shipped] });
    expect(outcomes.map(({ statement }) => statement)).to.deep.equal(["does not", "could not be told", "not tested"]);
  });

  it("rolls up requirements for each target apart", () => {
    const run = mixedRun();
    const size = run.requirements.find(({ id }) => id === "FED-TXN-001");
    expect(size?.byTarget).to.deep.equal({ harbour: "fail", lantern: "pass" });
    expect(() => requirementsOf(run, new Map())).to.throw(RangeError, "FED-");
  });

  it("keeps anchors apart and stable", () => {
    expect(anchor("x", "a[v1]")).to.not.equal(anchor("x", "a(v1)"));
    expect(anchor("x", "a[v1]", "attempt-1")).to.equal(anchor("x", "a[v1]", "attempt-1"));
    expect(anchor("x", "plain")).to.equal("x-plain");
    expect(anchor("x", "…".repeat(300))).to.match(/^[\w.-]+$/);
  });

  it("does not depend on the order in which two renderings of one run are made", () => {
    expect(findingGroups(incompleteRun())).to.deep.equal(findingGroups(incompleteRun()));
  });
});
