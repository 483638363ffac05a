import { expect } from "chai";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { type StateMap, stateKey } from "../../../src/matrix/state-map.js";
import { authDifference } from "../../../src/matrix/state-resolution/auth-difference.js";
import { AuthGraph, MissingEventError } from "../../../src/matrix/state-resolution/auth-graph.js";
import { iterativeAuthChecks } from "../../../src/matrix/state-resolution/iterative-auth-checks.js";
import { mainlineOrdering } from "../../../src/matrix/state-resolution/mainline.js";
import { partition } from "../../../src/matrix/state-resolution/partition.js";
import { eventsOnPathsBetween } from "../../../src/matrix/state-resolution/paths.js";
import { isPowerEvent, powerEventsWithChains } from "../../../src/matrix/state-resolution/power-events.js";
import { resolveState } from "../../../src/matrix/state-resolution/resolve.js";
import { reverseTopologicalPowerOrdering } from "../../../src/matrix/state-resolution/reverse-topological.js";
import { ALICE, BOB, CHARLIE, join, levels, membership, opening, Story, topic } from "../../support/story.js";

interface Vertex {
  readonly auth?: readonly string[];
  readonly type?: string;
  readonly sender?: string;
  readonly key?: string;
  readonly ts?: number;
  readonly rejected?: boolean;
  readonly content?: Pdu["content"];
}

/** A bare graph of auth links; what is not said does not matter to the step at hand. */
function graphOf(vertices: Readonly<Record<string, Vertex>>, version = "11"): AuthGraph {
  const events = new Map(
    Object.entries(vertices).map(([eventId, vertex]) => {
      const event: Pdu = {
        type: vertex.type ?? "m.room.topic",
        sender: vertex.sender ?? ALICE,
        state_key: vertex.key ?? "",
        content: vertex.content ?? {},
        origin_server_ts: vertex.ts ?? 0,
        depth: 1,
        room_id: "!room",
        prev_events: [],
        auth_events: vertex.auth ?? [],
      };
      return [eventId, { eventId, event, rejected: vertex.rejected ?? false }];
    }),
  );
  return new AuthGraph(roomVersionRules(version), (id) => events.get(id));
}

const PL = "m.room.power_levels";

function stateOf(entries: Readonly<Record<string, string>>): StateMap {
  return new Map(Object.entries(entries).map(([type, id]) => [stateKey(type, ""), id]));
}

describe("partition", () => {
  it("FED-SR2-002, FED-SR2-003: a differing or missing entry conflicts", () => {
    const parts = partition([stateOf({ a: "1", b: "2", c: "3" }), stateOf({ a: "1", b: "9" })]);
    expect([...parts.unconflicted]).to.eql([[stateKey("a", ""), "1"]]);
    expect([...parts.conflicted].sort()).to.eql(["2", "3", "9"]);
  });
});

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

describe("power events", () => {
  const member = (membership: string, sender: string): Pdu => ({
    type: "m.room.member",
    sender,
    state_key: BOB,
    content: { membership },
    origin_server_ts: 0,
    depth: 1,
    prev_events: [],
    auth_events: [],
  });
  const of = (type: string): Pdu => ({ ...member("join", ALICE), type, state_key: "" });

  it("FED-SR2-008: are power levels, join rules, kicks and bans", () => {
    for (const event of [of(PL), of("m.room.join_rules"), member("leave", ALICE), member("ban", ALICE)]) {
      expect(isPowerEvent(event)).to.equal(true);
    }
  });

  it("FED-SR2-009: are not self-leaves, joins, invites, knocks, create or messages", () => {
    const others = [
      member("leave", BOB),
      member("join", BOB),
      member("invite", ALICE),
      member("knock", BOB),
      of("m.room.create"),
      of("m.room.topic"),
    ];
    for (const event of others) expect(isPowerEvent(event)).to.equal(false);
    const { state_key: _, ...message } = of(PL);
    expect(isPowerEvent(message)).to.equal(false);
  });

  it("FED-SR2-011: bring those of their auth chains that are in the full conflicted set, through events that are not", () => {
    const graph = graphOf({
      join: {},
      outside: { auth: ["join"] },
      levels: { type: PL, auth: ["outside"] },
      other: {},
    });
    expect([...powerEventsWithChains(graph, new Set(["join", "levels", "other"]))].sort()).to.eql(["join", "levels"]);
  });
});

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

describe("iterativeAuthChecks", () => {
  const told = [
    ...opening("11", { [BOB]: 50 }),
    join("bob", BOB, { prev: ["rules"] }),
    topic("topic", BOB, { prev: ["bob"] }),
    join("charlie", CHARLIE, { prev: ["bob"] }),
    membership("ban", ALICE, BOB, "ban", { prev: ["charlie"] }),
  ];
  const story = new Story("11", told);
  const names = (state: StateMap) => [...state.values()].map((id) => id.slice(1));
  const graph = (rejected?: string) =>
    new AuthGraph(story.rules, (id) => {
      const known = story.event(id);
      return known && { ...known, rejected: id === rejected };
    });

  it("FED-SR2-018: passes over a refused event and goes on", () => {
    const base = story.stateOf("create", "levels", "ban", "rules");
    const result = iterativeAuthChecks(graph(), base, ["$topic", "$charlie"]);
    expect(names(result)).to.eql(["create", "levels", "ban", "rules", "charlie"]);
  });

  it("FED-SR2-019: takes what the state lacks from the event's auth events", () => {
    expect(names(iterativeAuthChecks(graph(), new Map(), ["$topic"]))).to.eql(["topic"]);
  });

  it("FED-SR2-020: but not a rejected one", () => {
    for (const rejected of ["$bob", "$create"]) {
      expect(names(iterativeAuthChecks(graph(rejected), new Map(), ["$topic"]))).to.eql([]);
    }
  });
});

describe("resolveState", () => {
  it("FED-SR2-011: a join that a ban's author needs comes before the ban", () => {
    const story = new Story("11", [
      ...opening("11", { [BOB]: 50 }),
      join("bob", BOB, { prev: ["rules"] }),
      join("charlie", CHARLIE, { prev: ["rules"] }),
      membership("ban", BOB, CHARLIE, "ban", { prev: ["bob", "charlie"] }),
      levels("levels2", ALICE, { [ALICE]: 100, [BOB]: 60 }, { prev: ["rules"] }),
    ]);
    const result = story.resolve(story.outcome("ban").stateAfter, story.outcome("levels2").stateAfter);
    expect([result.member(BOB), result.member(CHARLIE), result.levels]).to.eql(["bob", "ban", "levels2"]);
  });

  it("makes nothing of no states, and gives one state back", () => {
    const rules = roomVersionRules("11");
    const only = stateOf({ a: "1" });
    expect(resolveState({ rules, states: [], event: () => undefined }).size).to.equal(0);
    expect(resolveState({ rules, states: [only], event: () => undefined })).to.equal(only);
  });

  it("says which event of a state it was not given", () => {
    const states = [stateOf({ a: "gone" }), stateOf({})];
    for (const version of ["2", "12"]) {
      const resolve = () => resolveState({ rules: roomVersionRules(version), states, event: () => undefined });
      expect(resolve).to.throw(MissingEventError, "gone");
    }
  });
});
