import { Type } from "@sinclair/typebox";
import { expect } from "chai";
import { defineCheck, type Finding } from "../../src/checks/define.js";
import { judgeExpectation, type StepOutcome } from "../../src/checks/judge.js";
import type { OwedExpectation } from "../../src/evidence/journal-entry.js";
import { VERDICTS } from "../../src/evidence/verdict.js";
import { EXPECTATION, INSTANCE, JudgedStory, STEP } from "../support/judged-story.js";

const OWED: OwedExpectation = {
  id: EXPECTATION,
  step: STEP,
  check: "spec",
  arguments: {},
  requirement: "FED-KEY-001",
  level: "must",
  of: "resident",
  impact: "blocks",
};
const DONE: StepOutcome = { outcome: "done" };
const REFUSED: StepOutcome = { outcome: "failed", owedBy: "other", reason: "join was refused" };
const words = { expected: "so", actual: "as seen", exchanges: ["x1"] };

function verdictOf(
  holds: Finding["holds"] | (() => never),
  step: StepOutcome = DONE,
  more: Partial<OwedExpectation> = {},
  { ofResponse = false, story = new JudgedStory() } = {},
) {
  const judge = () => (typeof holds === "function" ? holds() : { holds, ...words });
  const check = defineCheck({ name: "spec", summary: "", input: Type.Object({}), ofResponse, judge });
  return judgeExpectation({ ...OWED, ...more }, check, story.view(), step);
}

describe("checks/judge", () => {
  it("takes over what a check found", () => {
    expect(verdictOf(true)).to.deep.equal({ verdict: "pass", ...words });
    expect(verdictOf("unknown")).to.deep.equal({ verdict: "inconclusive", ...words });
  });

  for (const [level, verdict] of [
    ["must", "fail"],
    ["should", "warn"],
    ["may", "not-applicable"],
  ] as const)
    it(`says ${verdict} where a ${level} is broken`, () =>
      expect(verdictOf(false, DONE, { level }).verdict).to.equal(verdict));

  it("does not hold against a seat what another seat owed before", () => {
    for (const step of [REFUSED, { ...REFUSED, outcome: "skipped" as const }]) {
      const judged = verdictOf(false, step);
      expect(judged).to.include({ verdict: "inconclusive", actual: "other: join was refused" });
    }
    expect(verdictOf(true, { outcome: "skipped" }).actual).to.equal("they did not");
  });

  it("judges a step's own response even though the step failed", () => {
    expect(verdictOf(false, REFUSED, {}, { ofResponse: true })).to.include({ verdict: "fail", actual: "as seen" });
    expect(verdictOf("unknown", REFUSED, {}, { ofResponse: true }).actual).to.equal("as seen; other: join was refused");
    expect(verdictOf(false, { ...REFUSED, outcome: "skipped" }, {}, { ofResponse: true }).verdict).to.equal(
      "inconclusive",
    );
  });

  it("charges nobody with what its own standing still may have caused", () => {
    const still = (milliseconds: number, ...during: readonly string[]) =>
      ({ kind: "note", about: "standstill", data: { milliseconds, during } }) as const;
    const ofOthers = new JudgedStory().add(still(9000)).add(still(9000, "spec/other"));
    expect(verdictOf(false, DONE, {}, { story: ofOthers }).verdict).to.equal("fail");
    const story = new JudgedStory().add(still(2100, "spec/other", INSTANCE.id)).add(still(3400, INSTANCE.id));
    const actual = "as seen; Concordat itself could not work for 3.4 s meanwhile, which may be the cause";
    expect(verdictOf(false, DONE, {}, { story })).to.include({ verdict: "inconclusive", actual });
    expect(verdictOf(false, DONE, { level: "should" }, { story }).verdict).to.equal("inconclusive");
    expect(verdictOf(true, DONE, {}, { story })).to.include({ verdict: "pass", actual: "as seen" });
  });

  it("lets what does not apply come before everything", () => {
    const story = new JudgedStory({ ...INSTANCE, notApplicable: "version 11 is not offered" });
    expect(verdictOf(false, REFUSED, {}, { story })).to.include({
      verdict: "not-applicable",
      actual: "version 11 is not offered",
    });
    expect(verdictOf(false, DONE, { notApplicable: "declared" })).to.include({
      verdict: "not-applicable",
      actual: "declared",
    });
  });

  it("takes its own faults for its own", () => {
    expect(verdictOf(true, { outcome: "error", reason: "TypeError: x" })).to.include({
      verdict: "error",
      actual: "TypeError: x",
    });
    const thrown = verdictOf(() => {
      throw new Error("not bound");
    });
    expect(thrown).to.include({ verdict: "error", actual: "not bound" });
    expect(judgeExpectation(OWED, undefined, new JudgedStory().view(), DONE).verdict).to.equal("error");
  });

  it("does not know what could not be looked at", () => {
    const lost = new JudgedStory().noted("could-not-observe", {
      tester: false,
      reason: "sync: HTTP 500",
      owedBy: "resident",
    });
    expect(verdictOf(true, DONE, {}, { story: lost })).to.include({
      verdict: "inconclusive",
      actual: "resident: sync: HTTP 500",
    });
    const broken = new JudgedStory().noted("could-not-observe", { tester: true, reason: "TypeError: x" });
    expect(verdictOf(true, DONE, {}, { story: broken })).to.include({ verdict: "error", actual: "TypeError: x" });
    const others = new JudgedStory().observe("could-not-observe", { expectation: "another", tester: true, reason: "" });
    expect(verdictOf(true, DONE, {}, { story: others }).verdict).to.equal("pass");
  });

  it("gives verdicts of the closed set only", () => {
    for (const holds of [true, false, "unknown"] as const)
      for (const level of ["must", "should", "may"] as const)
        expect(VERDICTS).to.include(verdictOf(holds, DONE, { level }).verdict);
  });
});
