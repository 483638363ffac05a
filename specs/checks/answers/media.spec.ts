import {
  describedInJson,
  fileGiven,
  fileInParts,
  pictureInParts,
  twoParts,
} from "../../../src/checks/answers/media.js";
import { movingGif } from "../../../src/matrix/media/moving-gif.js";
import { writeMultipart } from "../../../src/matrix/media/multipart.js";
import { firstFrame } from "../../../src/matrix/media/pictures.js";
import { describeCheck, type JudgedStory } from "../../support/judged-story.js";

const target = "/_matrix/federation/v1/media/download/a";
const answered =
  (type: string, rawAnswer: string, status = 200) =>
  (story: JudgedStory) =>
    story.answer({ target, status, answerHeaders: [["Content-Type", type]], rawAnswer });
/** Each part as its type, which may be missing, and its bytes. */
const inParts = (...parts: readonly (readonly [type: string, body: Uint8Array | string])[]) => {
  const written = parts.map(([type, body]) => ({
    headers: type === "" ? [] : ([["Content-Type", type]] as const),
    body: Buffer.from(body),
  }));
  const bytes = Buffer.from(writeMultipart("b", written));
  return (story: JudgedStory) =>
    story.answer({ target, answerHeaders: [["Content-Type", "multipart/mixed; boundary=b"]], rawAnswerBytes: bytes });
};
const description = ["application/json", "{}"] as const;
const text = inParts(description, ["text/plain; charset=utf-8", "hello"]);
const plain = answered("text/plain", "hello");
const gif = movingGif(40, 30);
const moving = inParts(description, ["image/gif", gif]);
const still = inParts(description, ["image/gif", firstFrame(gif)]);
const hello = { text: "hello", type: "text/plain" };

describe("checks/media", () => {
  describeCheck(twoParts, [
    ["two parts", text, {}, true, "there are 2 parts"],
    ["one part", inParts(description), {}, false, "there are 1 parts"],
    ["no parts", plain, {}, false, "Content-Type text/plain"],
    ["a refusal", answered("application/json", '{"errcode":"M_NOT_FOUND"}', 404), {}, false, "404 M_NOT_FOUND"],
  ]);

  describeCheck(describedInJson, [
    ["an object", text, {}, true, "type application/json, an object"],
    ["another type", inParts(["text/plain", "{}"]), {}, false, "type text/plain, an object"],
    ["no type", inParts(["", "{}"]), {}, false, "type not said, an object"],
    ["a list", inParts(["application/json", "[]"]), {}, false, "type application/json, no object"],
  ]);

  describeCheck(fileInParts, [
    ["the text", text, hello, true, "type text/plain; charset=utf-8, “hello”"],
    ["another text", text, { ...hello, text: "bye" }, false, /“hello”$/],
    ["no type", inParts(description, ["", "hello"]), hello, false, "type not said, “hello”"],
    ["one part", inParts(description), hello, false, "there are 1 parts"],
  ]);

  describeCheck(fileGiven, [
    ["the text", plain, { text: "hello" }, true, "200, “hello”"],
    ["another text", plain, { text: "bye" }, false, "200, “hello”"],
    ["in parts", text, { text: "hello" }, false, /^200, “--b/],
    ["nothing", () => undefined, { text: "hello" }, "unknown", "the step recorded no response"],
  ]);

  describeCheck(pictureInParts, [
    ["moving", moving, { moving: true, typed: true }, true, "image/gif, a moving gif of 40×30"],
    ["moving where it must not", moving, { moving: false }, false, "image/gif, a moving gif of 40×30"],
    ["still", still, { moving: false }, true, "image/gif, a still gif of 40×30"],
    ["large enough", still, { "at-least": [40, 30], "at-most": [40, 30] }, true, /40×30$/],
    ["too low", still, { "at-least": [40, 31] }, false, /40×30$/],
    ["too wide", still, { "at-most": [39, 30] }, false, /40×30$/],
    [
      "not called a picture",
      inParts(description, ["text/plain", gif]),
      { typed: true },
      false,
      /^text\/plain, a moving/,
    ],
    ["no picture", text, {}, false, "text/plain; charset=utf-8, not a picture"],
  ]);
});
