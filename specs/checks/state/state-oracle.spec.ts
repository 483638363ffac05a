import { expect } from "chai";
import { oracleState } from "../../../src/checks/state/state-oracle.js";
import { prevEventIds } from "../../../src/matrix/events/references.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { stateKey } from "../../../src/matrix/state-map.js";
import { ONE, roomOf, TWO, transaction } from "../../support/exchanges.js";
import { JudgedStory } from "../../support/judged-story.js";
import { TravelledRoom } from "../../support/travelled-room.js";

const FACTS = { roomId: roomOf("11"), rules: roomVersionRules("11") };
const TOPIC = stateKey("m.room.topic", "");

/** Bob's join follows a message that never travelled; the answer to it tells the state that he found. */
const ROOM = new TravelledRoom({ bob: { prev_events: [`$${"A".repeat(43)}`] } });
const FOLLOWER = new TravelledRoom({ left: { prev_events: [ROOM.id("bob")] } });
const BEFORE = ["create", "alice", "levels", "rules"];

function joined(status = 200): JudgedStory {
  const story = new JudgedStory().room("hall").keys(ONE).keys(TWO);
  const known = BEFORE.map((name) => ROOM.pdu(name));
  story.exchange({
    method: "PUT",
    target: "/_matrix/federation/v2/send_join/%21r/%24e",
    from: TWO,
    to: ONE,
    status,
    body: ROOM.pdu("bob"),
    answer: { state: known, auth_chain: known, event: ROOM.pdu("bob") },
  });
  const sent = transaction([FOLLOWER.pdu("left")]);
  story.exchange({ method: "PUT", target: sent.request.target, rawBody: String(sent.requestBytes()) });
  return story;
}

describe("checks/state-oracle", () => {
  it("resolves a room whose whole history travelled", () => {
    const honest = new TravelledRoom();
    const state = oracleState(honest.tell(new JudgedStory()).view(), FACTS, honest.id("merge"));
    if (typeof state === "string") throw new Error(state);
    expect(state.get(TOPIC)).to.equal(honest.id("left"));
  });

  it("begins with what the first join was told where the history before it never travelled", () => {
    expect(prevEventIds(FOLLOWER.pdu("left") as unknown as Pdu)).to.deep.equal([ROOM.id("bob")]);
    const state = oracleState(joined().view(), FACTS, FOLLOWER.id("left"));
    if (typeof state === "string") throw new Error(state);
    const members = [...state.values()].sort();
    expect(members).to.deep.equal([...BEFORE, "bob"].map((name) => ROOM.id(name)).sort());
  });

  it("takes a peer's word for the state at a place that only the peer knows", () => {
    const honest = new TravelledRoom();
    const story = honest.tell(new JudgedStory(), ["right"]);
    const told = ["create", "alice", "levels", "rules", "bob"].map((name) => honest.id(name));
    expect(oracleState(story.view(), FACTS, honest.id("far"))).to.match(/the oracle cannot resolve the room$/);
    story.observe("told-state", { room: FACTS.roomId, at: honest.id("right"), state: told.slice(0, 4) });
    const state = oracleState(story.view(), FACTS, honest.id("far"));
    if (typeof state === "string") throw new Error(state);
    expect([...state.values()].sort()).to.deep.equal(told.slice(0, 4).sort());
  });

  it("says what it lacks where no join tells it", () => {
    expect(oracleState(joined(403).view(), FACTS, FOLLOWER.id("left"))).to.match(/the oracle cannot resolve the room$/);
  });

  it("says so when the event itself never travelled", () => {
    expect(oracleState(joined().view(), FACTS, "$elsewhere")).to.equal("$elsewhere never travelled");
  });
});
