import { expect } from "chai";
import type { JsonObject } from "../../src/matrix/json.js";
import { alterationProblems, exclusiveProblems } from "../../src/scenario/exclusive-problems.js";
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

  const doing = (verb: string, args: JsonObject, kinds: readonly ("target" | "peer")[] = ["target", "target"]) => ({
    ...scenario(kinds, false),
    given: [{ id: "it", do: verb, arguments: args, expect: [], place }],
  });

  it("asks for it where what passes between two servers under test is altered, or one of them is restarted", () => {
    const way = { from: "first", to: "second" };
    for (const verb of ["alter", "lose", "hold-back", "add-ghost-on-the-way"]) {
      expect(exclusiveProblems(doing(verb, way))).to.have.length(1);
      expect(exclusiveProblems(doing(verb, way, ["target", "peer"]))).to.deep.equal([]);
    }
    expect(exclusiveProblems(doing("shut-down", { server: "second" }))).to.have.length(1);
    expect(exclusiveProblems(doing("replay", way))).to.deep.equal([]);
  });

  it("wants an alteration to alter something, of one side", () => {
    expect(alterationProblems(doing("alter", { response: [] }))).to.deep.equal([]);
    expect(alterationProblems(doing("alter", { "without-header": "Authorization" }))).to.deep.equal([]);
    expect(alterationProblems(doing("alter", {}))).to.have.length(1);
    expect(alterationProblems(doing("alter", { request: [], response: [] }))).to.have.length(1);
  });
});
