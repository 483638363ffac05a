import { statesAgree } from "../../../src/checks/state/states-agree.js";
import { ONE, TWO } from "../../support/exchanges.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";
import { TravelledRoom } from "../../support/travelled-room.js";

const ROOM = new TravelledRoom();
const BEFORE = ["create", "alice", "levels", "rules", "bob"];
const target = "/_matrix/federation/v1/state_ids/%21r?event_id=%24e";
const given = { room: "hall", at: "merge", seat: "one" };

/** Both servers are asked for the state before the merge; what each tells besides what is before the fork. */
const asked =
  (one: readonly string[], two: readonly string[], status = 200) =>
  (story: JudgedStory) => {
    ROOM.tell(story);
    for (const [seat, server, extra] of [
      ["one", ONE, one],
      ["two", TWO, two],
    ] as const) {
      const answer = { pdu_ids: [...BEFORE, ...extra].map((name) => ROOM.id(name)), auth_chain_ids: [] };
      const exchange = story.exchange({ method: "GET", target, to: server, answer, status });
      story.observe("state-told", { seat, exchange });
    }
  };

describe("checks/states-agree", () => {
  describeCheck(statesAgree, [
    ["what the algorithm gives", asked(["left"], ["left"]), given, true, "the same 6 state events; two gave the same"],
    ["that, whatever others give", asked(["left"], []), given, true, "the same 6 state events; two gave another"],
    [
      "another state than that",
      asked([], ["left"]),
      given,
      false,
      /another event for m.room.topic.*; two gave another/,
    ],
    ["the same wrong state as others", asked([], []), given, false, /m.room.topic.*; two gave the same/],
    ["a refusal", asked(["left"], ["left"], 403), given, false, "403"],
    ["nothing", (story) => ROOM.tell(story), given, "unknown", "one was not asked"],
  ]);
});
