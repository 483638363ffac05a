import { expect } from "chai";
import {
  citesAllAuthEvents,
  citesNoOther,
  countsDepth,
  followsEvents,
  hashedRight,
  signedRight,
} from "../../../src/checks/events/own-event-checks.js";
import type { SeenExchange } from "../../../src/checks/view.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { ONE, specExchange, transaction } from "../../support/exchanges.js";
import { describeCheck, expectFinding, JudgedStory } from "../../support/judged-story.js";
import { type Faults, TravelledRoom } from "../../support/travelled-room.js";

const HONEST = new TravelledRoom();
const honest = (story: JudgedStory) => HONEST.tell(story);
const faulty = (merge: Faults[string]) => (story: JudgedStory) => new TravelledRoom({ merge }).tell(story);
const untold = (story: JudgedStory) => HONEST.tell(story, ["merge"]);
const merge = { room: "hall", event: "merge" };
const NEVER = "“merge” never travelled";

/** The event as it travelled, changed after it was signed. */
const altered = (change: JsonObject) => (story: JudgedStory) => {
  HONEST.tell(story, ["merge"]);
  const sent = transaction([{ ...HONEST.pdu("merge"), ...change }]);
  story.exchange({ method: "PUT", target: sent.request.target, rawBody: String(sent.requestBytes()) });
};

describe("checks/own-event-checks", () => {
  describeCheck(followsEvents, [
    ["both ends of the fork", honest, { ...merge, events: ["left", "far"], exactly: true }, true, /left, far$/],
    ["one of them, which is named", honest, { ...merge, events: ["left"] }, true, /^it follows left, \$/],
    ["one of them only", honest, { ...merge, events: ["left"], exactly: true }, false, /^it follows left, \$/],
    [
      "one that it must not follow",
      honest,
      { ...merge, events: ["left"], without: ["far"] },
      false,
      "it follows left, far",
    ],
    [
      "none that it must not follow",
      honest,
      { ...merge, events: ["left"], without: ["bob"] },
      true,
      /^it follows left/,
    ],
    [
      "an older event",
      faulty({ prev_events: [HONEST.id("bob")] }),
      { ...merge, events: ["left"] },
      false,
      /^it follows/,
    ],
    ["as many as it may", honest, { ...merge, events: [], "at-most": 2 }, true, "it follows 2 events"],
    ["more than it may", honest, { ...merge, events: [], "at-most": 1 }, false, "it follows 2 events"],
    ["an event that nobody sent", untold, { ...merge, events: ["left"] }, "unknown", NEVER],
  ]);

  describeCheck(countsDepth, [
    ["one more than the deeper branch", honest, merge, true, "its depth is 8, the deepest before it 7"],
    ["one more than the other", faulty({ depth: 7 }), merge, false, "its depth is 7, the deepest before it 7"],
    [
      "an event before it that nobody sent",
      (story) => HONEST.tell(story, ["far"]),
      merge,
      "unknown",
      "an event before it never travelled",
    ],
    ["an event that nobody sent", untold, merge, "unknown", NEVER],
  ]);

  const cited = (...names: readonly string[]) => ({ auth_events: names.map((name) => HONEST.id(name)) });
  describeCheck(citesAllAuthEvents, [
    ["the create event, the levels and the sender", honest, merge, true, "it cites all 3"],
    ["no levels", faulty(cited("create", "alice")), merge, false, /^it lacks m.room.power_levels \$/],
    ["an event that nobody sent", untold, merge, "unknown", NEVER],
    [
      "history that never travelled",
      (story) => HONEST.tell(story, ["rules"]),
      merge,
      "unknown",
      /the oracle cannot resolve the room$/,
    ],
  ]);

  describeCheck(citesNoOther, [
    ["what authorises it", honest, merge, true, "it cites nothing else"],
    [
      "the join rules as well",
      faulty(cited("create", "levels", "alice", "rules")),
      merge,
      false,
      /^it also cites m.room.join_rules \$/,
    ],
    ["nothing at all", faulty(cited()), merge, false, "it cites nothing"],
    ["an event that nobody sent", untold, merge, "unknown", NEVER],
  ]);

  describeCheck(hashedRight, [
    ["as it was hashed", honest, merge, true, "it fits"],
    ["with another text", altered({ content: { body: "another" } }), merge, false, "it does not"],
    ["an event that nobody sent", untold, merge, "unknown", NEVER],
  ]);

  describeCheck(signedRight, [
    ["as it was signed", honest, merge, true, "it is"],
    ["with no signature", altered({ signatures: {} }), merge, false, "it is not"],
    ["an event that nobody sent", untold, merge, "unknown", NEVER],
  ]);

  it("blames no server for names that are bound to nothing", () => {
    const story = HONEST.tell(new JudgedStory());
    for (const check of [followsEvents, countsDepth, citesAllAuthEvents, citesNoOther, hashedRight, signedRight]) {
      const judge = (given: JsonObject) => () => story.judge(check, { ...merge, events: [], ...given });
      expect(judge({ event: "letter" }), check.name).to.throw("letter is not bound to an event");
      expect(judge({ room: "attic" }), check.name).to.throw("attic is not bound to a room");
    }
    for (const given of [{ events: ["letter"] }, { events: [], without: ["letter"] }])
      expect(() => story.judge(followsEvents, { ...merge, ...given })).to.throw("letter is not bound to an event");
  });

  it("waits until an exchange with the event was recorded", async () => {
    const story = HONEST.tell(new JudgedStory(), ["merge"]);
    const other = specExchange({ from: ONE, target: "/_matrix/federation/v1/version" });
    const carrying = transaction([HONEST.pdu("merge")]);
    const looked: boolean[] = [];
    const exchangeThat = async (matches: (exchange: SeenExchange) => boolean) => {
      looked.push(matches(other), matches(carrying));
      story.exchange({ method: "PUT", target: carrying.request.target, rawBody: String(carrying.requestBytes()) });
      return carrying;
    };
    const bound = (() => ({ kind: "room", version: "11" })) as never;
    const finding = await story.observed(countsDepth, merge, { exchangeThat, bound });
    expectFinding(finding, true, "its depth is 8, the deepest before it 7");
    expect(looked).to.deep.equal([false, true]);
  });
});
