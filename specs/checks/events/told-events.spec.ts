import { authChainOf, tellsNothingOf } from "../../../src/checks/events/told-events.js";
import { roomIdOfCreate } from "../../../src/matrix/events/hashes.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { ONE, specEvent } from "../../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";
import { TravelledRoom } from "../../support/travelled-room.js";

const ROOM = new TravelledRoom();
const target = "/_matrix/federation/v1/event_auth/%21r/%24e";
const NO_RESPONSE = "the step recorded no response";
const unanswered = (story: JudgedStory) => ROOM.tell(story);
const chain =
  (names: readonly string[], { without = [] as readonly string[], more = [] as readonly JsonValue[] } = {}) =>
  (story: JudgedStory) =>
    ROOM.tell(story, without).answer({
      target,
      answer: { auth_chain: [...names.map((name) => ROOM.pdu(name)), ...more] },
    });

describe("checks/told-events", () => {
  const given = { room: "hall", event: "far" };
  const whole = ["create", "alice", "levels", "rules", "bob"];
  describeCheck(authChainOf, [
    ["all that it rests on", chain(whole), given, true, "its 5 events"],
    ["an event too few", chain(whole.slice(1)), given, false, "missing: m.room.create"],
    ["an event too many", chain([...whole, "left"]), given, false, "besides: m.room.topic"],
    ["something malformed", chain(whole, { more: [{ type: 5 }] }), given, false, "besides: something malformed"],
    [
      "a refusal",
      (story) => ROOM.tell(story).answer({ target, status: 404, answer: { errcode: "M_NOT_FOUND" } }),
      given,
      false,
      "404 M_NOT_FOUND",
    ],
    ["an event that nobody sent", chain([], { without: ["far"] }), given, "unknown", /^\$\S+ never travelled$/],
    ["no response", unanswered, given, "unknown", NO_RESPONSE],
  ]);

  const attic = (story: JudgedStory) => story.bind("attic", { kind: "room", roomId: "!attic", version: "11" });
  const other = { ...ROOM.pdu("left"), room_id: "!attic" };
  const rules = roomVersionRules("12");
  const { room_id: _none, ...create } = specEvent(ONE, "12", { type: "m.room.create", state_key: "" });
  const roomId = roomIdOfCreate(create as unknown as Pdu, rules);
  const founding = (story: JudgedStory) =>
    chain([], { more: [create as unknown as JsonValue] })(
      story.bind("cellar", { kind: "room", roomId, version: "12" }),
    );
  describeCheck(tellsNothingOf, [
    ["another room's events", (story) => attic(chain(whole)(story)), { room: "attic" }, true, "200, 0 of its events"],
    [
      "a refusal",
      (story) => attic(ROOM.tell(story)).answer({ target, status: 403, answer: { errcode: "M_FORBIDDEN" } }),
      { room: "attic" },
      true,
      "403 M_FORBIDDEN, 0 of its events",
    ],
    [
      "an event of the room",
      (story) => attic(chain(whole, { more: [other] })(story)),
      { room: "attic" },
      false,
      "200, 1 of its events",
    ],
    [
      "a server that is at its wits' end",
      (story) => attic(ROOM.tell(story)).answer({ target, status: 500, answer: { errcode: "M_UNKNOWN" } }),
      { room: "attic" },
      "unknown",
      "500 M_UNKNOWN",
    ],
    ["the event that founds the room", founding, { room: "cellar" }, false, "200, 1 of its events"],
    ["no response", (story) => attic(unanswered(story)), { room: "attic" }, "unknown", NO_RESPONSE],
  ]);
});
