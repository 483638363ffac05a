import { expect } from "chai";
import { bindingIs, differ } from "../../src/checks/bindings.js";
import { describeCheck, JudgedStory } from "../support/judged-story.js";

const texts = (story: JudgedStory) =>
  story
    .bind("a", { kind: "text", value: "1" })
    .bind("b", { kind: "text", value: "2" })
    .bind("c", { kind: "text", value: "1" });

describe("checks/bindings", () => {
  describeCheck(differ, [
    ["two texts", texts, { names: ["a", "b"] }, true, "1, 2"],
    ["one text twice among three", texts, { names: ["a", "b", "c"] }, false, "1, 2, 1"],
  ]);
  describeCheck(bindingIs, [
    ["one of the texts", texts, { name: "a", "one-of": ["2", "1"] }, true, "1"],
    ["another text", texts, { name: "a", "one-of": ["2"] }, false, "1"],
  ]);

  it("blames no server for names that stand for nothing", () => {
    expect(() => new JudgedStory().judge(differ, { names: ["a", "b"] })).to.throw("stands for nothing");
  });

  it("shows the step's exchange", () => {
    const story = texts(new JudgedStory()).answer({ target: "/" });
    expect(story.judge(differ, { names: ["a", "b"] }).exchanges).to.deep.equal(["x1"]);
  });
});
