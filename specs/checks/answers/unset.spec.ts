import { unset } from "../../../src/checks/answers/unset.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const answered =
  (answer: JsonValue, status = 200) =>
  (story: JudgedStory) =>
    story.answer({ target: "/_matrix/federation/v1/query/profile", answer, status });

describe("checks/unset", () => {
  describeCheck(unset, [
    ["absent", answered({}), { at: "/avatar_url" }, true, "200, /avatar_url is null"],
    ["null", answered({ avatar_url: null }), { at: "/avatar_url" }, true, "200, /avatar_url is null"],
    ["refused", answered({ errcode: "M_NOT_FOUND" }, 404), { at: "/avatar_url" }, true, /^404 M_NOT_FOUND/],
    ["empty text", answered({ avatar_url: "" }), { at: "/avatar_url" }, false, '200, /avatar_url is ""'],
    ["no response", () => undefined, { at: "/avatar_url" }, "unknown", "the step recorded no response"],
  ]);
});
