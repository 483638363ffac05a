import { expect } from "chai";
import { stateKey } from "../../../src/matrix/state-map.js";
import { partition } from "../../../src/matrix/state-resolution/partition.js";
import { stateOf } from "../../support/bare-graph.js";

describe("partition", () => {
  it("FED-SR2-002, FED-SR2-003: a differing or missing entry conflicts", () => {
    const parts = partition([stateOf({ a: "1", b: "2", c: "3" }), stateOf({ a: "1", b: "9" })]);
    expect([...parts.unconflicted]).to.eql([[stateKey("a", ""), "1"]]);
    expect([...parts.conflicted].sort()).to.eql(["2", "3", "9"]);
  });
});
