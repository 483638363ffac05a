import { listedEvent, redactedCopy, sameEvents } from "../../../src/checks/events/event-copies.js";
import { redact } from "../../../src/matrix/events/redaction.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ONE } from "../../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";
import { TravelledRoom } from "../../support/travelled-room.js";

const ROOM = new TravelledRoom();
const target = "/_matrix/federation/v1/event/%24e";
const original = ROOM.pdu("bob");
const stripped = redact(original as unknown as Pdu, roomVersionRules("11")) as unknown as JsonObject;
const NO_RESPONSE = "the step recorded no response";

/** A peer wrote the event; the step was answered with these. */
const told =
  (...pdus: readonly JsonValue[]) =>
  (story: JudgedStory) =>
    ROOM.tell(story)
      .bind("bob", { kind: "event", eventId: ROOM.id("bob"), room: "hall", pdu: original })
      .answer({ target, answer: { origin: ONE.name, origin_server_ts: 1, pdus } });
const unanswered = (story: JudgedStory) =>
  ROOM.tell(story).bind("bob", { kind: "event", eventId: ROOM.id("bob"), room: "hall", pdu: original });

describe("checks/event-copies", () => {
  const copy = { room: "hall", at: "/pdus/0", event: "bob" };
  describeCheck(redactedCopy, [
    ["what the room version keeps", told(stripped), copy, true, "it is"],
    ["and something unsigned", told({ ...stripped, unsigned: { age: 4 } }), copy, true, "it is"],
    ["a member too many", told({ ...stripped, origin: "one" }), copy, false, "other than it should be: origin"],
    ["content taken away that is kept", told({ ...stripped, content: {} }), copy, false, /be: content$/],
    ["without the signature", told({ ...stripped, signatures: {} }), copy, false, "its signature does not verify"],
    ["something malformed", told({ type: "m.room.member" }), copy, false, "something malformed"],
    ["nothing", told(), copy, false, "200, no event there"],
    ["no response", unanswered, copy, "unknown", NO_RESPONSE],
  ]);

  const wanted = { with: { type: "m.room.member" } };
  describeCheck(listedEvent, [
    ["one with the members", told(original), wanted, true, "there is"],
    ["one that lacks what it must lack", told(original), { ...wanted, lacks: ["origin"] }, true, "there is"],
    [
      "one that has what it must lack",
      told(original, { ...original, origin: "one" }),
      { ...wanted, lacks: ["origin"] },
      false,
      "there is one with more",
    ],
    [
      "one that lacks what it must lack deep inside",
      told(original),
      { ...wanted, lacks: ["/content/reason"] },
      true,
      "there is",
    ],
    [
      "one that has it deep inside",
      told(original),
      { ...wanted, lacks: ["/content/membership"] },
      false,
      "there is one with more",
    ],
    ["others only", told(ROOM.pdu("left")), wanted, false, "200, none"],
    ["no response", unanswered, wanted, "unknown", NO_RESPONSE],
  ]);

  const [left, right] = [ROOM.id("left"), ROOM.id("right")];
  const asked = "/_matrix/federation/v1/state_ids/%21r?event_id=%24e";
  const answers = (before: JsonValue) => (now: JsonValue) => (story: JudgedStory) =>
    ROOM.tell(story).answer({ target: asked, answer: before }, "first").answer({ target: asked, answer: now });
  const compared = { room: "hall", at: "/pdu_ids", step: "first", there: "/pdus" };
  const first = answers({ pdus: [ROOM.pdu("left"), ROOM.pdu("right")] });
  describeCheck(sameEvents, [
    ["the ids of the events, in another order", first({ pdu_ids: [right, left] }), compared, true, "the same 2 events"],
    ["one too few", first({ pdu_ids: [left] }), compared, false, "1 events are in only one of them"],
    ["another", first({ pdu_ids: [left, ROOM.id("bob")] }), compared, false, "2 events are in only one of them"],
    ["nothing twice", answers({ pdus: [] })({ pdu_ids: [] }), compared, false, "the same 0 events"],
    ["what is no list", first({}), compared, false, "200; 200; not a list"],
    ["no earlier response", told(original), compared, "unknown", "that step recorded no response"],
    ["no response", unanswered, compared, "unknown", NO_RESPONSE],
  ]);
});
