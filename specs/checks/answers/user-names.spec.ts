import { lawfulUserId } from "../../../src/checks/answers/user-names.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const answered =
  (answer: JsonValue, status = 200) =>
  (story: JudgedStory) =>
    story.answer({ target: "/_matrix/client/v3/register", answer, status });

describe("checks/user-names", () => {
  describeCheck(lawfulUserId, [
    ["allowed characters", answered({ user_id: "@t.e_s=s-/+1:one.test" }), {}, true, "200, @t.e_s=s-/+1:one.test"],
    ["a refusal", answered({ errcode: "M_INVALID_USERNAME" }, 400), {}, true, "400 M_INVALID_USERNAME"],
    ["a capital letter", answered({ user_id: "@Tess:one.test" }), {}, false, "200, @Tess:one.test"],
    ["no name", answered({ user_id: "@:one.test" }), {}, false, "200, @:one.test"],
    ["an error of the server", answered({}, 500), {}, "unknown", "500"],
    ["no response", () => undefined, {}, "unknown", "the step recorded no response"],
  ]);
});
