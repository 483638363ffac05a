import { expect } from "chai";
import { differencesFrom, readBaseline, renderBaseline } from "../../src/report/baseline.js";
import type { RunJson } from "../../src/report/run-json.js";
import { mixedRun, passingRun } from "./fixtures.js";

const expecting = (expected: object) => readBaseline(JSON.stringify({ format: "concordat-baseline/1", expected }));

/** The run, with a second attempt at each instance that gives the same. */
function twice(run: RunJson): RunJson {
  const again = run.scenarios.map((scenario) => ({
    ...scenario,
    instance: `${scenario.instance}~2`,
    expectations: scenario.expectations.map((one) => ({ ...one, id: one.id.replace("#", "~2#") })),
  }));
  return { ...run, scenarios: [...run.scenarios, ...again] };
}

describe("report/baseline", () => {
  it("is met by the run that it was made of", () => {
    for (const run of [mixedRun(), passingRun()]) {
      expect(differencesFrom(readBaseline(renderBaseline(run)), run)).to.deep.equal([]);
    }
    expect(readBaseline(renderBaseline(passingRun())).size).to.equal(0);
  });

  it("tells each difference, for better or worse", () => {
    const run = mixedRun();
    const all = [...run.scenarios.flatMap(({ expectations }) => expectations), ...run.passive];
    const [broken] = all.filter(({ verdict }) => verdict === "fail");
    const [passed] = all.filter(({ verdict }) => verdict === "pass");
    if (broken === undefined || passed === undefined) throw new Error("the run is to be mixed");
    const others = Object.fromEntries(readBaseline(renderBaseline(run)));
    const { [broken.id]: _known, ...without } = others;
    expect(differencesFrom(expecting(without), run)).to.deep.equal([
      `${broken.id}: fail, where the baseline expects pass`,
    ]);
    expect(differencesFrom(expecting({ ...others, [passed.id]: "fail" }), run)).to.deep.equal([
      `${passed.id}: pass, where the baseline expects fail`,
    ]);
    expect(differencesFrom(expecting({ ...others, gone: "warn" }), run)).to.deep.equal([
      "gone: not in this run, but in the baseline",
    ]);
  });

  it("holds for each attempt at an instance alike", () => {
    const run = twice(mixedRun());
    const baseline = readBaseline(renderBaseline(mixedRun()));
    expect(differencesFrom(baseline, run)).to.deep.equal([]);
    expect([...readBaseline(renderBaseline(run))]).to.deep.equal([...baseline]);
    const second = run.scenarios.at(-1)?.expectations[0];
    if (second === undefined) throw new Error("the run is to hold a second attempt");
    const other = second.verdict === "warn" ? "fail" : "warn";
    const id = second.id.replace("~2#", "#");
    expect(differencesFrom(expecting({ ...Object.fromEntries(baseline), [id]: other }), run)).to.deep.equal([
      `${id}: ${second.verdict}, where the baseline expects ${other}`,
      `${second.id}: ${second.verdict}, where the baseline expects ${other}`,
    ]);
  });

  const WRONG = [
    "",
    "{}",
    "[]",
    '{"format":"concordat-run/1","expected":{}}',
    '{"format":"concordat-baseline/1","expected":{"a":"good"}}',
  ];
  for (const text of WRONG)
    it(`is not ${text || "nothing"}`, () => expect(() => readBaseline(text)).to.throw(SyntaxError));

  it("is not a run", () => {
    const run: RunJson = passingRun();
    expect(() => readBaseline(JSON.stringify(run))).to.throw(SyntaxError, "not a baseline");
  });
});
