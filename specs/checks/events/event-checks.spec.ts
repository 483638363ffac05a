import { expect } from "chai";
import { carriesSignatureOf, closedUnderAuth, eventsValid, lists } from "../../../src/checks/events/event-checks.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ONE, PEER, specEvent, TWO } from "../../support/exchanges.js";
import { describeCheck, JudgedStory } from "../../support/judged-story.js";

const RULES = roomVersionRules("11");
const idOf = (event: Pdu) => eventIdOf(event, RULES);
const [first, second] = ["first", "second"].map((body) => specEvent(ONE, "11", { content: { body }, auth_events: [] }));
if (first === undefined || second === undefined) throw new Error("two events were asked for");
const citing = specEvent(ONE, "11", { auth_events: [idOf(first)] });
const json = (event: Pdu) => event as unknown as JsonObject;
const target = "/_matrix/federation/v1/state/%21r?event_id=%24e";
const hall = { room: "hall" };

/** The keys of `one.test` are known; the step was answered with these. */
const given =
  (answer: JsonValue | undefined, more: JsonObject = {}) =>
  (story: JudgedStory) =>
    story
      .room("hall")
      .keys(ONE)
      .answer({ target, ...(answer === undefined ? { rawAnswer: "" } : { answer }), ...more });
const returned = (...pdus: readonly JsonValue[]) => given({ pdus, auth_chain: [] });
const unanswered = (story: JudgedStory) => story.room("hall");
const NO_RESPONSE = "the step recorded no response";

describe("checks/event-checks", () => {
  describeCheck(eventsValid, [
    [
      "events of a server whose keys are known",
      returned(json(first), json(second)),
      hall,
      true,
      "2 events hash and verify",
    ],
    [
      "other bytes than were hashed",
      returned({ ...json(first), content: {} }),
      hall,
      false,
      /does not match its content hash$/,
    ],
    [
      "a signature by a key that nobody published",
      returned(json(specEvent(TWO, "11"))),
      hall,
      false,
      /not validly signed by two/,
    ],
    ["no signature", returned({ ...json(first), signatures: {} }), hall, false, /not validly signed by one/],
    ["what is no event", returned({ type: "m.room.message" }), hall, false, /malformed: sender is not a user ID/],
    ["no event at all", returned(), hall, false, "200 without any event"],
    ["a refusal", given({ errcode: "M_X" }, { status: 404 }), hall, false, "404 M_X without any event"],
    ["no response", unanswered, hall, "unknown", NO_RESPONSE],
  ]);

  const signed = { room: "hall", at: "/pdus/0", server: "resident" };
  describeCheck(carriesSignatureOf, [
    ["its sender's server", returned(json(first)), signed, true, "it is signed"],
    [
      "another server",
      returned(json(first)),
      { ...signed, server: "joiner" },
      false,
      /^signatures of one.test:8448, none valid of joiner/,
    ],
    [
      "a signature over something else",
      returned({ ...json(first), signatures: second.signatures as never }),
      signed,
      false,
      /none valid/,
    ],
    ["signatures that are none", returned({ ...json(first), signatures: 5 }), signed, false, /of nobody/],
    ["null in its place", returned(null), signed, false, "200, no event there"],
    ["nothing in its place", returned(), signed, false, "200, no event there"],
    ["no response", unanswered, signed, "unknown", NO_RESPONSE],
  ]);

  describeCheck(closedUnderAuth, [
    ["everything that is cited", returned(json(citing), json(first)), hall, true, "none is missing"],
    [
      "all but what may be missing",
      (story) => returned(json(citing))(story.event("old", idOf(first))),
      { ...hall, besides: ["old"] },
      true,
      "none is missing",
    ],
    ["a cited event that is missing", returned(json(citing)), hall, false, `missing: ${idOf(first)}`],
    ["a malformed event", returned(json(first), { auth_events: 3 }), hall, false, "1 malformed"],
    ["no event", given({}), hall, false, "200 without any event"],
    ["no response", unanswered, hall, "unknown", NO_RESPONSE],
  ]);

  const named = (answer: JsonValue) => (story: JudgedStory) =>
    given(answer)(story.event("first", idOf(first)).event("second", idOf(second)));
  const wanting = (more: JsonObject) => ({ room: "hall", at: "/pdus", events: ["first"], ...more });
  const both = { pdus: [json(first), json(second)] };
  const ids = { pdus: [idOf(first), idOf(second)] };
  describeCheck(lists, [
    ["events", named(both), wanting({}), true, "2 events, as expected"],
    ["event ids", named(ids), wanting({ events: ["second", "first"], exactly: true }), true, "2 events, as expected"],
    [
      "nothing, where nothing is wanted",
      named({ pdus: [] }),
      wanting({ events: [], exactly: true }),
      true,
      "0 events, as expected",
    ],
    ["a missing event", named({ pdus: [idOf(second)] }), wanting({}), false, "missing first"],
    ["one too many", named(both), wanting({ exactly: true }), false, `unexpected ${idOf(second)}`],
    [
      "one twice",
      named({ pdus: [json(first), json(first)] }),
      wanting({ exactly: true }),
      false,
      `unexpected ${idOf(first)}`,
    ],
    ["one that must not be there", named(ids), wanting({ without: ["second"] }), false, `unexpected ${idOf(second)}`],
    ["more than allowed", named(ids), wanting({ "at-most": 1 }), false, "2 events"],
    [
      "something malformed",
      named({ pdus: [idOf(first), 5] }),
      wanting({ exactly: true }),
      false,
      "unexpected something malformed",
    ],
    ["no list", named({ pdus: {} }), wanting({}), false, "200, no list there"],
    ["no response", (story) => story.room("hall").event("first", idOf(first)), wanting({}), "unknown", NO_RESPONSE],
  ]);

  it("blames no server for names that are bound to nothing", () => {
    const story = new JudgedStory();
    given(both)(story);
    expect(() => story.judge(lists, wanting({}))).to.throw("first is not bound to an event");
    expect(() => story.judge(closedUnderAuth, { ...hall, besides: ["first"] })).to.throw("first is not bound");
    expect(() => story.judge(eventsValid, { room: "attic" })).to.throw("attic is not bound to a room");
  });

  it("verifies with the keys of the sender's server, whoever sent the event", () => {
    const story = new JudgedStory().room("hall").keys(PEER);
    story.answer({ target, answer: { pdus: [json(specEvent(PEER, "11"))] } });
    expect(story.judge(eventsValid, hall).holds).to.equal(true);
  });
});
