import { expect } from "chai";
import { decrypts, keyNeverSent, keysRestored, staysUnreadable } from "../../../src/checks/encryption/decryption.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { specServer } from "../../support/exchanges.js";
import { describeCheck, INSTANCE, JudgedStory } from "../../support/judged-story.js";

const saw = (data: JsonObject) => (story: JudgedStory) => story.observe("decryption", data);
const plain = (body: string) => saw({ ok: true, plain: { type: "m.room.message", content: { body } } });

const ALICE = INSTANCE.cast.alice?.userId ?? "";
const BOB = INSTANCE.cast.bob?.userId ?? "";
const sends = (device: string) => (story: JudgedStory) =>
  story.exchange({
    kind: "client",
    from: specServer(ALICE),
    method: "PUT",
    target: "/_matrix/client/v3/sendToDevice/m.room.encrypted/1",
    body: { messages: { [BOB]: { [device]: { ciphertext: "x" } } } },
    answer: {},
  });

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

  describeCheck(staysUnreadable, [
    ["no key", saw({ ok: false, reason: "no session" }), {}, true, "it cannot be read: no session"],
    [
      "withheld as wanted",
      saw({ ok: false, reason: "no session", withheld: "m.unverified" }),
      { withheld: "m.unverified" },
      true,
      /^it cannot be read \(m\.unverified\)/,
    ],
    [
      "withheld for another reason",
      saw({ ok: false, reason: "no", withheld: "m.no_olm" }),
      { withheld: "m.unverified" },
      false,
      /m\.no_olm/,
    ],
    ["what was read", plain("hello"), {}, false, "it was read"],
    ["nothing decrypted", () => undefined, {}, "unknown", "nothing was decrypted"],
  ]);

  describeCheck(keysRestored, [
    ["enough", (story) => story.observe("restored", { keys: 2, signed: true }), { "at-least": 2 }, true, "2 room keys"],
    [
      "too few",
      (story) => story.observe("restored", { keys: 1, signed: true }),
      { "at-least": 2 },
      false,
      "1 room keys",
    ],
    ["nothing restored", () => undefined, { "at-least": 1 }, "unknown", "nothing was restored"],
  ]);

  const never = { as: "alice", "of-user": "bob", device: "GHOST" };
  describeCheck(keyNeverSent, [
    ["to another device", sends("DESK"), never, true, "0 of 1 were for it"],
    ["to the device", sends("GHOST"), never, false, "1 of 1 were for it"],
    [
      "to a device whose id would lead astray",
      sends("A/B~1"),
      { ...never, device: "A/B~1" },
      false,
      "1 of 1 were for it",
    ],
    [
      "to the device by its bound name",
      (story) => {
        story.bind("phone", { kind: "text", value: "PHONE" });
        sends("PHONE")(story);
      },
      { ...never, device: "${phone}" },
      false,
      "1 of 1 were for it",
    ],
    ["nothing sent", () => undefined, never, "unknown", "no encrypted message to a device was sent"],
  ]);

  it("takes no unbound name for a device to which nothing was sent", () => {
    const story = new JudgedStory();
    sends("DESK")(story);
    expect(() => story.judge(keyNeverSent, { ...never, device: "${phone}" })).to.throw("${phone} stands for nothing");
  });
});
