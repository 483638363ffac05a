import { decrypts } from "../../src/checks/decryption.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { describeCheck, type JudgedStory } from "../support/judged-story.js";

const saw = (data: JsonObject) => (story: JudgedStory) => story.observe("decryption", data);
const plain = (body: string) => saw({ ok: true, plain: { type: "m.room.message", content: { body } } });

describe("checks/decryption", () => {
  describeCheck(decrypts, [
    ["the text", plain("hello"), { body: "hello" }, true, "it decrypted to that"],
    ["another text", plain("hallo"), { body: "hello" }, false, /^it decrypted to .*hallo/],
    ["something without text", saw({ ok: true, plain: null }), { body: "hello" }, false, /null$/],
    [
      "what does not decrypt",
      saw({ ok: false, reason: "no session" }),
      { body: "hello" },
      false,
      "it did not decrypt: no session",
    ],
    ["nothing decrypted", () => undefined, { body: "hello" }, "unknown", "nothing was decrypted"],
  ]);
});
