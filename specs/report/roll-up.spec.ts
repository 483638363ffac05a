import { expect } from "chai";
import fc from "fast-check";
import { VERDICTS, type Verdict } from "../../src/evidence/verdict.js";
import {
  countVerdicts,
  exitCode,
  isUnstable,
  outcomeOf,
  PRECEDENCE,
  rollUp,
  worstImpact,
} from "../../src/report/roll-up.js";
import { incompleteRun, mixedRun, passingRun } from "./fixtures.js";

const verdict = fc.constantFrom(...VERDICTS);

describe("roll-up", () => {
  it("ranks each of the eight verdicts exactly once", () => {
    expect([...PRECEDENCE].sort()).to.deep.equal([...VERDICTS].sort());
  });

  it("names a group by its member of the highest rank, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 1 }), (verdicts) => {
        const named = rollUp(verdicts);
        expect(verdicts).to.include(named);
        for (const one of verdicts) expect(PRECEDENCE.indexOf(named)).to.be.at.most(PRECEDENCE.indexOf(one));
        expect(rollUp([...verdicts].reverse())).to.equal(named);
      }),
    );
  });

  it("rolls up groups of groups to the same verdict as all their members at once", () => {
    fc.assert(
      fc.property(fc.array(fc.array(verdict, { minLength: 1 }), { minLength: 1 }), (groups) => {
        expect(rollUp(groups.map(rollUp))).to.equal(rollUp(groups.flat()));
      }),
    );
  });

  it("says of an empty group that nothing was run", () => {
    expect(rollUp([])).to.equal("not-run");
  });

  it("keeps the count of every verdict", () => {
    fc.assert(
      fc.property(fc.array(verdict), (verdicts) => {
        const counts = countVerdicts(verdicts);
        expect(Object.keys(counts).sort()).to.deep.equal([...VERDICTS].sort());
        for (const one of VERDICTS) expect(counts[one]).to.equal(verdicts.filter((other) => other === one).length);
      }),
    );
  });

  it("finds the gravest impact among what failed or warned, and not among what passed", () => {
    expect(worstImpact([{ impact: "blocks", verdict: "pass" }])).to.equal(undefined);
    expect(
      worstImpact([
        { impact: "degrades", verdict: "fail" },
        { impact: "blocks", verdict: "pass" },
        { impact: "none", verdict: "warn" },
      ]),
    ).to.equal("degrades");
  });

  it("calls attempts unstable when one expectation differs, even if the rolled-up verdict is the same", () => {
    const attempt = (a: Verdict, b: Verdict) => [
      { id: "s#a/1", verdict: a },
      { id: "s#b/1", verdict: b },
    ];
    expect(isUnstable([attempt("fail", "pass"), attempt("pass", "fail")])).to.equal(true);
    expect(isUnstable([attempt("fail", "pass"), attempt("fail", "pass")])).to.equal(false);
  });

  it("counts passive results among the expectations and not among the scenarios", () => {
    const { passive, scenarios } = mixedRun();
    const outcome = outcomeOf(scenarios, passive);
    expect(outcome.counts.fail).to.equal(3);
    expect(outcome.scenarioCounts.fail).to.equal(2);
    expect(outcomeOf([], passive).scenarioCounts.fail).to.equal(0);
  });

  it("hears a scenario that failed to run before it owed anything", () => {
    expect(outcomeOf([{ verdict: "error", expectations: [] }], []).verdict).to.equal("error");
  });
});

describe("exit code of a run", () => {
  const ended = (counts: readonly Verdict[], complete = true) => ({
    run: { ...passingRun().run, complete },
    outcome: { verdict: rollUp(counts), counts: countVerdicts(counts), scenarioCounts: countVerdicts([]) },
  });
  const cases: readonly (readonly [readonly Verdict[], "fail" | "warn", number])[] = [
    [["pass"], "fail", 0],
    [["pass", "not-applicable", "not-run"], "fail", 0],
    [["pass", "warn"], "fail", 0],
    [["pass", "warn"], "warn", 1],
    [["pass", "review"], "fail", 0],
    [["pass", "fail"], "fail", 1],
    [["fail", "error", "inconclusive"], "fail", 1],
    [["pass", "inconclusive"], "fail", 3],
    [["pass", "error"], "fail", 3],
    [["not-applicable", "not-run"], "fail", 3],
    [[], "fail", 3],
  ];
  for (const [verdicts, failOn, code] of cases) {
    it(`is ${code} for [${verdicts.join(", ")}] with --fail-on ${failOn}`, () => {
      expect(exitCode(ended(verdicts), { failOn })).to.equal(code);
    });
  }

  it("is never 0 for a run that was cut short", () => {
    expect(exitCode(ended(["pass"], false), { failOn: "fail" })).to.equal(3);
    expect(exitCode(incompleteRun(), { failOn: "fail" })).to.not.equal(0);
  });
});
