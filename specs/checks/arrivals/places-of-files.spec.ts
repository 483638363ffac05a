import { fetchedUnsigned, placeAskedAnew } from "../../../src/checks/arrivals/places-of-files.js";
import { ONE, TWO } from "../../support/exchanges.js";
import { describeCheck, JOINER, type JudgedStory, TOKEN } from "../../support/judged-story.js";

const given = { from: "resident", to: "joiner" };
const asked = (story: JudgedStory) =>
  story.exchange({ to: TWO, target: `/_matrix/federation/v1/media/download/a${TOKEN}` });
const went = (story: JudgedStory, headers: readonly (readonly [string, string])[] = []) =>
  story.exchange({ to: JOINER, target: "/_matrix/media/v3/download/store/a", headers });
const both = (story: JudgedStory) => {
  asked(story);
  went(story);
};

describe("checks/places-of-files", () => {
  describeCheck(fetchedUnsigned, [
    ["nothing shown", both, given, true, "it showed none"],
    [
      "a signature",
      (story) => went(story, [["Authorization", "X-Matrix x"]]),
      given,
      false,
      "1 of 1 requests bore one",
    ],
    ["it never went there", asked, given, "unknown", "it did not fetch it"],
  ]);

  describeCheck(placeAskedAnew, [
    ["once each", both, { ...given, by: "other" }, true, "it asked 1 times and went there 1 times"],
    [
      "twice there",
      (story) => {
        both(story);
        went(story);
      },
      { ...given, by: "other" },
      false,
      "it asked 1 times and went there 2 times",
    ],
    [
      "somebody else's request",
      (story) => story.exchange({ from: TWO, to: ONE, target: `/_matrix/federation/v1/media/download/a${TOKEN}` }),
      { ...given, by: "other" },
      "unknown",
      "it never went there",
    ],
  ]);
});
