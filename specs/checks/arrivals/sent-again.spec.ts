import { sentAgain } from "../../../src/checks/arrivals/sent-again.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const sent = (id: string, body: object) => ({
  method: "PUT",
  target: `/_matrix/federation/v1/send/${id}`,
  rawBody: JSON.stringify(body),
});
const first = { pdus: [], edus: [{ content: 1 }] };

/** A transaction without an answer, and what followed it. */
const followedBy = (id: string, body: object) => (story: JudgedStory) => {
  const lost = story.exchange({ ...sent("1", first), failure: "lost" });
  story.noted("again", { first: lost, next: story.exchange(sent(id, body)) });
};
const alone = (story: JudgedStory) => {
  story.noted("again", { first: story.exchange({ ...sent("1", first), failure: "lost" }) });
};

describe("checks/sent-again", () => {
  const input = { rule: "lost" };
  describeCheck(sentAgain, [
    ["the same again", followedBy("1", first), input, true, "it came"],
    ["another number", followedBy("2", first), input, false, "one with another id"],
    ["other content", followedBy("1", { pdus: [] }), input, false, "it came with other content"],
    ["nothing", alone, input, false, "none came"],
    ["nobody who looked", () => undefined, input, "unknown", "nobody looked"],
  ]);
});
