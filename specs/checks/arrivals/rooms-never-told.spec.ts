import { roomsNeverTold } from "../../../src/checks/arrivals/rooms-never-told.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { ONE } from "../../support/exchanges.js";
import { describeCheck, JOINER, type JudgedStory } from "../../support/judged-story.js";

const SEND = "/_matrix/federation/v1/send/1";
const INVITE = "/_matrix/federation/v2/invite/%21r/%24e";
const wanted = { from: "resident", text: "ann@post.example", among: { type: "m.room.third_party_invite" } };
const invitation = (name: string) => ({ type: "m.room.third_party_invite", content: { display_name: name } });

const sent =
  (...bodies: readonly JsonObject[]) =>
  (story: JudgedStory) => {
    for (const body of bodies) {
      const target = body.event === undefined ? SEND : INVITE;
      story.exchange({ from: ONE, to: JOINER, method: "PUT", target, body });
    }
    return story;
  };

describe("checks/rooms-never-told", () => {
  describeCheck(roomsNeverTold, [
    ["another text", sent({ pdus: [invitation("a...@p...")] }), wanted, true, "no event spells it"],
    ["that text", sent({ pdus: [invitation("ann@post.example")] }), wanted, false, "1 requests hold such an event"],
    [
      "that text in an invite",
      sent({ pdus: [invitation("a")] }, { event: invitation("mail ann@post.example") }),
      wanted,
      false,
      "1 requests hold such an event",
    ],
    ["events of other kinds", sent({ pdus: [{ type: "m.room.name" }] }), wanted, "unknown", /^no event of that kind/],
    ["no request", () => undefined, wanted, "unknown", /^no event of that kind/],
  ]);
});
