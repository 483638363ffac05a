import { expect } from "chai";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { isPowerEvent, powerEventsWithChains } from "../../../src/matrix/state-resolution/power-events.js";
import { graphOf, PL } from "../../support/bare-graph.js";
import { ALICE, BOB } from "../../support/story.js";

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
