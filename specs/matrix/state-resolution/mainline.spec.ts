import { expect } from "chai";
import { mainlineOrdering } from "../../../src/matrix/state-resolution/mainline.js";
import { graphOf, PL, type Vertex } from "../../support/bare-graph.js";

describe("mainlineOrdering", () => {
  const line = {
    p2: { type: PL },
    p1: { type: PL, auth: ["p2"] },
    p0: { type: PL, auth: ["p1"] },
    branch: { type: PL, auth: ["p1"] },
  };
  const order = (vertices: Readonly<Record<string, Vertex>>, levels: string | undefined = "p0") =>
    mainlineOrdering(graphOf({ ...line, ...vertices }), Object.keys(vertices), levels);

  it("FED-SR2-023, FED-SR2-024: older mainline first, and what is not on it before all", () => {
    const vertices = {
      new: { auth: ["p0"], ts: 1 },
      old: { auth: ["p2"], ts: 5 },
      mid: { auth: ["branch"], ts: 3 },
      none: { ts: 9 },
    };
    expect(order(vertices)).to.eql(["none", "old", "mid", "new"]);
  });

  it("FED-SR2-024: then by time, then by id", () => {
    expect(order({ b: { auth: ["p1"], ts: 5 }, a: { auth: ["p1"], ts: 5 }, c: { auth: ["branch"], ts: 4 } })).to.eql([
      "c",
      "a",
      "b",
    ]);
  });

  it("FED-SR2-022: a power levels event's position is that of the one it cites", () => {
    const graph = graphOf({ ...line, a: { auth: ["p0"], ts: 0 } });
    expect(mainlineOrdering(graph, ["a", "p0", "p1"], "p0")).to.eql(["p1", "p0", "a"]);
  });

  it("FED-SR2-026, FED-SR21-010: without power levels only time and id count", () => {
    const graph = graphOf({ ...line, a: { auth: ["p0"], ts: 2 }, b: { auth: ["p2"], ts: 3 } });
    expect(mainlineOrdering(graph, ["b", "a"], undefined)).to.eql(["a", "b"]);
  });
});
