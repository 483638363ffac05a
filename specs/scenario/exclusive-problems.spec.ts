import { expect } from "chai";
import { exclusiveProblems } from "../../src/scenario/exclusive-problems.js";
import type { Scenario } from "../../src/scenario/model.js";

const place = { file: "scenarios/a/b.yaml", line: 7, column: 5 };

function scenario(kinds: readonly ("target" | "peer")[], exclusive: boolean): Scenario {
  const [first = "target", second = "target"] = kinds;
  const seat = (kind: "target" | "peer") => ({ kind, allows: [], behaviours: [] });
  return {
    id: "a/b",
    file: place.file,
    title: "",
    purpose: "",
    covers: [],
    preset: "testing",
    exclusive,
    deadlineMs: 1000,
    seats: { first: seat(first), second: seat(second) },
    cast: {},
    given: [{ id: "cut", do: "partition", arguments: { between: ["first", "second"] }, expect: [], place }],
    steps: [],
    detects: [],
  };
}

describe("scenario/exclusive-problems", () => {
  it("asks for `exclusive` where two servers under test lose contact", () => {
    const [problem] = exclusiveProblems(scenario(["target", "target"], false));
    expect(problem?.place).to.equal(place);
    expect(problem?.message).to.include("exclusive: true");
  });

  it("is content when the scenario owns its servers", () => {
    expect(exclusiveProblems(scenario(["target", "target"], true))).to.deep.equal([]);
  });

  it("leaves cuts between a server and a peer alone: no other scenario has that peer", () => {
    expect(exclusiveProblems(scenario(["target", "peer"], false))).to.deep.equal([]);
  });
});
