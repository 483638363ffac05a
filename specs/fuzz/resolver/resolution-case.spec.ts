import { expect } from "chai";
import { generateHistory } from "../../../src/fuzz/generate.js";
import { hashedRoom } from "../../../src/fuzz/resolver/hashed-room.js";
import { casesOf, resolutionOf, sameState, withStates } from "../../../src/fuzz/resolver/resolution-case.js";
import { contentHashMatches, eventIdOf } from "../../../src/matrix/events/hashes.js";
import { authEventIds } from "../../../src/matrix/events/references.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";

const VERSIONS = ["2", "6", "10", "12"] as const;
const histories = VERSIONS.flatMap((version) =>
  Array.from({ length: 6 }, (_none, at) => generateHistory(version, `cases/${at}`)),
);

describe("fuzz/resolver/resolution-case", () => {
  it("has events with the hashes and ids that their room version gives them, all of one room", () => {
    for (const history of histories) {
      const rules = roomVersionRules(history.roomVersion);
      const author = hashedRoom(history);
      const [create, ...others] = author.outcomes();
      for (const { eventId, event } of author.outcomes()) {
        expect(contentHashMatches(event)).to.equal(true);
        expect(eventIdOf(event, rules)).to.equal(eventId);
      }
      expect(others.every(({ event }) => event.room_id === author.roomId)).to.equal(true);
      if (history.roomVersion === "12") expect(author.roomId).to.equal(`!${create?.eventId.slice(1)}`);
    }
  });

  it("takes the meetings of branches whose states differ, with every event that a resolver needs and no other", () => {
    const cases = histories.flatMap(casesOf);
    expect(cases.length).to.be.greaterThan(histories.length / 2);
    for (const posed of cases) {
      const [first, ...others] = posed.states;
      expect(others.some((state) => first !== undefined && !sameState(first, state))).to.equal(true);
      const needed = new Set(posed.states.flatMap((state) => [...state.values()]));
      for (const id of needed) for (const authId of authEventIds(known(posed, id).event)) needed.add(authId);
      expect([...posed.events.keys()].sort()).to.deep.equal([...needed].sort());
      const before = new Set<string>();
      for (const [id, { event }] of posed.events) {
        for (const authId of authEventIds(event)) expect(before.has(authId)).to.equal(true);
        before.add(id);
      }
    }
  });

  it("resolves to the state before the event where the branches meet", () => {
    for (const history of histories) {
      const author = hashedRoom(history);
      for (const posed of casesOf(history)) {
        expect(sameState(resolutionOf(posed), author.outcome(posed.at).stateBefore)).to.equal(true);
      }
    }
  });

  it("drops what fewer states do not need, but never the create event", () => {
    const [posed] = histories.flatMap(casesOf);
    if (posed === undefined) throw new Error("no case");
    const smaller = withStates(posed, [new Map(), new Map()]);
    expect([...smaller.events.values()].map(({ event }) => event.type)).to.deep.equal(["m.room.create"]);
  });
});

function known(posed: ReturnType<typeof casesOf>[number], id: string) {
  const event = posed.events.get(id);
  if (event === undefined) throw new Error(`${id} is missing`);
  return event;
}
