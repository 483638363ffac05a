import { expect } from "chai";
import { authDifference } from "../../../src/matrix/state-resolution/auth-difference.js";
import { graphOf, stateOf } from "../../support/bare-graph.js";

describe("authDifference", () => {
  const graph = graphOf({
    root: {},
    x: { auth: ["root"] },
    y: { auth: ["root"] },
    s1: { auth: ["x"] },
    s2: { auth: ["x"] },
    s3: { auth: ["y"] },
  });

  it("FED-SR2-004, FED-SR2-006: is the union without the intersection; an event is not in its own chain", () => {
    const states = [stateOf({ a: "s1" }), stateOf({ a: "s2" }), stateOf({ a: "s3" })];
    expect([...authDifference(graph, states, new Map())].sort()).to.eql(["x", "y"]);
  });

  it("counts what an unconflicted event reaches as common", () => {
    const states = [stateOf({ a: "s1", b: "s3" }), stateOf({ a: "s2", b: "s3" })];
    expect([...authDifference(graph, states, stateOf({ b: "s3" }))]).to.eql([]);
    const deeper = [stateOf({ a: "x", b: "s3" }), stateOf({ a: "s2", b: "s3" })];
    expect([...authDifference(graph, deeper, stateOf({ b: "s3" }))]).to.eql(["x"]);
  });
});
