import { wireNeverHolds } from "../../src/checks/wire.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { type ExchangeDraft, ONE, specEvent, TWO } from "../support/exchanges.js";
import { describeCheck, INSTANCE, JOINER, type JudgedStory, TOKEN } from "../support/judged-story.js";

const TEXT = "the lighthouse at noon";
const content = { ciphertext: TOKEN };
const sent = (more: JsonObject) => (story: JudgedStory) =>
  story.exchange({
    from: ONE,
    to: TWO,
    method: "PUT",
    target: "/_matrix/federation/v1/send/1",
    body: {
      origin: ONE.name,
      origin_server_ts: 1,
      pdus: [
        {
          ...specEvent(ONE, "11"),
          sender: INSTANCE.cast.alice?.userId ?? "",
          content,
          ...more,
        } as unknown as JsonObject,
      ],
    },
  });

/** Beside an encrypted event, another request with its answer. */
const beside = (draft: Partial<ExchangeDraft>) => (story: JudgedStory) => {
  sent({ type: "m.room.encrypted" })(story);
  story.exchange({ target: "/_matrix/federation/v1/version", ...draft });
};

describe("checks/wire", () => {
  describeCheck(wireNeverHolds, [
    ["ciphertext alone", sent({ type: "m.room.encrypted" }), { text: TEXT }, true, /^none of 1/],
    ["the text", sent({ content: { ...content, body: TEXT } }), { text: TEXT }, false, "1 exchanges spell it"],
    [
      "the text in base64",
      sent({ content: { ...content, body: Buffer.from(TEXT).toString("base64") } }),
      { text: TEXT },
      false,
      "1 exchanges spell it",
    ],
    [
      "the text in a header",
      beside({ from: JOINER, to: ONE, answerHeaders: [["X-Note", TEXT]] }),
      { text: TEXT },
      false,
      "1 exchanges spell it",
    ],
    [
      "the text in an answer of a peer",
      beside({ from: ONE, to: JOINER, answer: { text: TEXT } }),
      { text: TEXT },
      true,
      /^none of 2/,
    ],
    ["no encrypted event", sent({}), { text: TEXT }, "unknown", "no encrypted event passed"],
  ]);
});
