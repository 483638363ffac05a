import { keepsHeroes, namesServersInRoom, saysWhoIsOmitted } from "../../../src/checks/answers/omitted-members.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import { ONE, TWO } from "../../support/exchanges.js";
import { describeCheck, INSTANCE, type JudgedStory } from "../../support/judged-story.js";

const told =
  (answer: JsonValue, status = 200) =>
  (story: JudgedStory) =>
    story.answer({ target: "/_matrix/federation/v2/send_join/!r/$e", answer, status });

const membership = (name: string) => ({ type: "m.room.member", state_key: INSTANCE.cast[name]?.userId ?? "" });
const alone = [membership("alice"), { type: "m.room.name", state_key: INSTANCE.cast.bob?.userId ?? "" }];
const both = [membership("alice"), membership("bob")];
const nobody = () => undefined;

describe("checks/omitted-members", () => {
  const members = { members: ["alice", "bob"] };

  describeCheck(saysWhoIsOmitted, [
    ["nobody left out", told({ state: both }), members, true, "it leaves nobody out"],
    ["somebody left out, and said", told({ state: alone, members_omitted: true }), members, true, /bob left out.*true/],
    ["left out silently", told({ state: alone, members_omitted: false }), members, false, /bob left out.*false/],
    ["left out without a word", told({ state: alone }), members, false, /bob left out/],
    ["a refusal", told({}, 403), members, "unknown", "403"],
    ["no response", nobody, members, "unknown", "the step recorded no response"],
  ]);

  const servers = { servers: ["resident", "other"] };
  const listing = (...named: readonly JsonValue[]) =>
    told({ state: [], members_omitted: true, servers_in_room: named });
  describeCheck(namesServersInRoom, [
    ["all named", listing(ONE.name, TWO.name), servers, true, "all are named"],
    ["one not named", listing(ONE.name), servers, false, "other not named"],
    ["no list", told({ state: [], members_omitted: true }), servers, false, "servers_in_room is not there"],
    ["members told", told({ state: both }), servers, true, "it does not say that it leaves members out"],
    ["a refusal", told({}, 403), servers, "unknown", "403"],
    ["no response", nobody, servers, "unknown", "the step recorded no response"],
  ]);

  describeCheck(keepsHeroes, [
    ["all there", told({ state: both, members_omitted: true }), members, true, "all are there"],
    ["one left out", told({ state: alone, members_omitted: true }), members, false, "bob left out"],
    ["a refusal", told({}, 403), members, "unknown", "403"],
    ["no response", nobody, members, "unknown", "the step recorded no response"],
  ]);
});
