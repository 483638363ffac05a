import { expect } from "chai";
import { authDifference } from "../../../src/matrix/state-resolution/auth-difference.js";
import { powerEventsWithChains } from "../../../src/matrix/state-resolution/power-events.js";
import { reverseTopologicalPowerOrdering } from "../../../src/matrix/state-resolution/reverse-topological.js";
import { graphOf, PL, stateOf } from "../../support/bare-graph.js";

const RULES = "m.room.join_rules";

describe("other readings of the text", () => {
  it("FED-SR2-009: an event that one state holds and another cites is in the difference, but not where chains hold states", () => {
    const graph = graphOf({ levels: { type: PL }, old: { auth: [] }, topic: { auth: ["levels"] } });
    const states = [stateOf({ [PL]: "levels", topic: "old" }), stateOf({ [PL]: "levels", topic: "topic" })];
    const unconflicted = stateOf({ [PL]: "levels" });
    expect([...authDifference(graph, states, unconflicted)]).to.deep.equal(["levels"]);
    const held = authDifference(graph, states, unconflicted, { chainsHoldState: true });
    expect([...held].sort()).to.deep.equal(["old", "topic"]);
  });

  it("FED-SR2-012: an auth chain that leaves the set orders events, but not where only the set orders itself", () => {
    const graph = graphOf({
      early: { type: RULES, ts: 9 },
      between: { auth: ["early"] },
      late: { type: RULES, auth: ["between"], ts: 1 },
    });
    const set = new Set(["early", "late"]);
    expect(reverseTopologicalPowerOrdering(graph, set)).to.deep.equal(["early", "late"]);
    expect(reverseTopologicalPowerOrdering(graph, set, { ordersInside: true })).to.deep.equal(["late", "early"]);
  });

  it("FED-SR2-011: what a power event rests upon counts beyond a gap, but not where only the set is walked", () => {
    const graph = graphOf({
      far: {},
      gap: { auth: ["far"] },
      near: { auth: ["gap"] },
      ban: { type: RULES, auth: ["near"] },
    });
    const set = new Set(["far", "near", "ban"]);
    expect([...powerEventsWithChains(graph, set)].sort()).to.deep.equal(["ban", "far", "near"]);
    expect([...powerEventsWithChains(graph, set, { gathersInside: true })].sort()).to.deep.equal(["ban", "near"]);
  });
});
