import { expect } from "chai";
import { bodyHolds, returnsEvent } from "../../../src/checks/answers/returned-event.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import { addEventSignature } from "../../../src/matrix/events/sign.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ONE, PEER, specEvent, TWO } from "../../support/exchanges.js";
import { describeCheck, JudgedStory } from "../../support/judged-story.js";

const RULES = roomVersionRules("11");
const invite = specEvent(PEER, "11", { content: { body: "come" } });
const json = invite as unknown as JsonObject;
const target = "/_matrix/federation/v2/invite/%21r/%24e";
const wanted = { room: "hall", at: "/event", event: "invite" };

const returned = (event: JsonValue) => (story: JudgedStory) =>
  story.room("hall").event("invite", eventIdOf(invite, RULES)).answer({ target, method: "PUT", answer: { event } });
const refused = (story: JudgedStory) =>
  story
    .room("hall")
    .event("invite", "$x")
    .answer({ target, method: "PUT", status: 403, answer: { errcode: "M_FORBIDDEN" } });
const unanswered = (story: JudgedStory) => story.room("hall").event("invite", "$x");
const CHANGED = "another event, or a changed one";

describe("checks/returned-event", () => {
  const signed = addEventSignature(invite, RULES, TWO.name, TWO.key) as unknown as JsonObject;
  describeCheck(returnsEvent, [
    ["as it was sent", returned(json), wanted, true, "it is"],
    ["with another signature", returned(signed), wanted, true, "it is"],
    ["with something unsigned", returned({ ...json, unsigned: { age: 1 } }), wanted, true, "it is"],
    ["with other content", returned({ ...json, content: { body: "go" } }), wanted, false, CHANGED],
    ["with another depth", returned({ ...json, depth: 99 }), wanted, false, CHANGED],
    ["another event", returned(specEvent(ONE, "11") as unknown as JsonObject), wanted, false, CHANGED],
    ["no event", returned("yes"), wanted, false, "200, no event there"],
    ["a refusal", refused, wanted, false, "403 M_FORBIDDEN, no event there"],
    ["no response", unanswered, wanted, "unknown", "the step recorded no response"],
  ]);

  it("blames no server for names that are bound to nothing", () => {
    for (const tell of [returned(json), refused, unanswered]) {
      const story = new JudgedStory();
      tell(story);
      expect(() => story.judge(returnsEvent, { ...wanted, event: "letter" })).to.throw(
        "letter is not bound to an event",
      );
      expect(() => story.judge(returnsEvent, { ...wanted, room: "attic" })).to.throw("attic is not bound to a room");
    }
    const story = new JudgedStory().answer({ target, answer: {} });
    expect(() => story.judge(bodyHolds, { with: { sender: "${nobody}" } })).to.throw("${nobody} stands for nothing");
  });

  const told = (answer: JsonObject) => (story: JudgedStory) => story.answer({ target, answer });
  const state = { state: [{ type: "m.room.create", content: {} }, { type: "m.room.name" }], more: 1 };
  describeCheck(bodyHolds, [
    ["members among others", told(state), { with: { more: 1 } }, true, "it does"],
    ["items among others", told(state), { with: { state: [{ type: "m.room.name" }] } }, true, "it does"],
    ["an item is missing", told(state), { with: { state: [{ type: "m.room.topic" }] } }, false, /^200, /],
    ["another value", told(state), { with: { more: 2 } }, false, /^200, /],
    ["no list", told({ state: {} }), { with: { state: [] } }, false, /^200, /],
    ["no response", () => undefined, { with: {} }, "unknown", "the step recorded no response"],
  ]);
});
