import { expect } from "chai";
import { eventsOnPathsBetween } from "../../../src/matrix/state-resolution/paths.js";
import { graphOf } from "../../support/bare-graph.js";

describe("eventsOnPathsBetween", () => {
  it("FED-SR21-003, FED-SR21-004: takes what lies between, not what lies beyond or beside", () => {
    const graph = graphOf({
      below: {},
      old: { auth: ["below"] },
      mid: { auth: ["old"] },
      side: { auth: ["below"] },
      late: { auth: ["mid", "side"] },
      above: { auth: ["late"] },
    });
    expect([...eventsOnPathsBetween(graph, new Set(["old", "late"]))].sort()).to.eql(["late", "mid", "old"]);
  });
});
