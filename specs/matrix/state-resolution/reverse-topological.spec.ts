import { expect } from "chai";
import { reverseTopologicalPowerOrdering } from "../../../src/matrix/state-resolution/reverse-topological.js";
import { graphOf, PL, type Vertex } from "../../support/bare-graph.js";
import { ALICE, BOB } from "../../support/story.js";

describe("reverseTopologicalPowerOrdering", () => {
  const room = {
    create: { type: "m.room.create", sender: ALICE },
    levels: { type: PL, content: { users: { [ALICE]: 100, [BOB]: 50 } }, auth: ["create"] },
  };
  const base = ["create", "levels"];
  const order = (vertices: Readonly<Record<string, Vertex>>, version?: string) => {
    const graph = graphOf({ ...room, ...vertices }, version);
    return reverseTopologicalPowerOrdering(graph, new Set(Object.keys(vertices)));
  };

  it("FED-SR2-012: ancestors come first, whatever their level and time", () => {
    const vertices = { a: { auth: [...base, "b"], ts: 1 }, b: { auth: base, sender: BOB, ts: 9 } };
    expect(order(vertices)).to.eql(["b", "a"]);
  });

  it("FED-SR2-012: ancestors come first through events outside the set too", () => {
    const graph = graphOf({
      ...room,
      z: { auth: base, sender: BOB, ts: 9 },
      between: { auth: ["z"] },
      a: { auth: [...base, "between"], ts: 1 },
    });
    expect(reverseTopologicalPowerOrdering(graph, new Set(["a", "z"]))).to.eql(["z", "a"]);
  });

  it("FED-SR2-013, FED-SR2-014, FED-SR2-015: greater level, then earlier, then smaller id", () => {
    const vertices = {
      d: { auth: base, sender: BOB, ts: 1 },
      c: { auth: base, ts: 5 },
      b: { auth: base, ts: 5 },
      a: { auth: base, ts: 9 },
    };
    expect(order(vertices)).to.eql(["b", "c", "a", "d"]);
  });

  it("FED-SR2-013: the level is that of the event's own auth events", () => {
    const promoted = { type: PL, content: { users: { [BOB]: 101 } } };
    const graph = graphOf({
      ...room,
      promoted,
      alice: { auth: base },
      bob: { auth: ["create", "promoted"], sender: BOB },
    });
    expect(reverseTopologicalPowerOrdering(graph, new Set(["alice", "bob"]))).to.eql(["bob", "alice"]);
  });

  it("FED-SR2-016: without power levels the creator has 100, others nothing", () => {
    const vertices = {
      other: { auth: ["create"], sender: BOB, ts: 1 },
      creator: { auth: ["create"], ts: 5 },
      admin: { auth: base, ts: 3 },
    };
    expect(order(vertices)).to.eql(["admin", "creator", "other"]);
  });

  it("FED-SR21-008, FED-SR21-009: a creator's level is infinite by the create event that the room id names", () => {
    const great = { type: PL, content: { users: { [BOB]: Number.MAX_SAFE_INTEGER } } };
    const graph = graphOf(
      {
        $room: { type: "m.room.create" },
        great,
        bob: { auth: ["great"], sender: BOB, ts: 1 },
        b: { ts: 5 },
        a: { auth: ["great"], ts: 5 },
      },
      "12",
    );
    expect(reverseTopologicalPowerOrdering(graph, new Set(["a", "b", "bob"]))).to.eql(["a", "b", "bob"]);
  });

  it("leaves events out that cite each other in a circle", () => {
    expect(order({ a: { auth: ["b"] }, b: { auth: ["a"] }, c: {} })).to.eql(["c"]);
  });
});
