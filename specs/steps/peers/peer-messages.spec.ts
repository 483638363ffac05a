import { expect } from "chai";
import { isJsonObject, type JsonObject } from "../../../src/matrix/json.js";
import { sendEncrypted, startEncryption } from "../../../src/steps/encryption/encryption.js";
import { floodDevice, repeatMessages } from "../../../src/steps/peers/peer-messages.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

const contents = (request: JsonObject): readonly JsonObject[] =>
  (Array.isArray(request.edus) ? request.edus.filter(isJsonObject) : []).flatMap(({ edu_type: type, content }) =>
    type === "m.direct_to_device" && isJsonObject(content) ? [content] : [],
  );

describe("steps/peer-messages", () => {
  const house = playhouse();

  it("flood-device: so many numbered messages, a hundred in a transaction", async () => {
    const floods: Call = [floodDevice, { by: "pia", to: "one", of: "ann", type: "org.example.n", count: 120 }];
    const played = await house.play([floods]);
    const sent = played.sent(/\/v1\/send\//).map(({ request }) => contents(request));
    expect(sent.map(({ length }) => length)).to.deep.equal([100, 20]);
    const numbers = sent
      .flat()
      .map(({ messages }) => (messages as { [user: string]: JsonObject })[played.userId("ann")]);
    expect(numbers.at(-1)).to.deep.equal({ "*": { number: 120 } });
    expect(new Set(sent.flat().map(({ message_id: id }) => id)).size).to.equal(120);
    expect(played.title(floodDevice)).to.equal("pia sends 120 numbered messages to the devices of ann");
  });

  describe("repeat-messages", () => {
    const talks: readonly Call[] = [
      [startEncryption, { as: "ann" }],
      [startEncryption, { as: "pia" }],
      [createRoom, { as: "ann", id: "room" }],
      [join, { as: "pia", room: "room", via: "one" }],
      [sendEncrypted, { as: "pia", room: "room", to: ["ann"], id: "word", body: "hello" }],
    ];
    const repeats = (more: JsonObject = {}): Call => [repeatMessages, { by: "peer", to: "one", ...more }];

    it("sends them as they were, or as new ones", async () => {
      const played = await house.play([...talks, repeats(), repeats({ anew: true })]);
      const [first, again, anew] = played.sent(/\/v1\/send\//).flatMap(({ request }) => contents(request));
      expect(again).to.deep.equal(first);
      expect(anew?.messages).to.deep.equal(first?.messages);
      expect(anew?.message_id).not.to.equal(first?.message_id);
      expect(played.title(repeatMessages)).to.include("as new ones and in reverse order");
    });

    it("keeps to the order in which they were sent, or reverses it", async () => {
      const flood = (type: string): Call => [floodDevice, { by: "pia", to: "one", of: "ann", type, count: 2 }];
      const played = await house.play([flood("org.example.a"), flood("org.example.b"), repeats()]);
      const [firsts, seconds, again] = played.sent(/\/v1\/send\//).map(({ request }) => contents(request));
      expect(again).to.deep.equal([...(firsts ?? []), ...(seconds ?? [])]);
      const reversed = await house.play([flood("org.example.a"), repeats({ anew: true })]);
      const [one, anew] = reversed.sent(/\/v1\/send\//).map(({ request }) => contents(request));
      expect(anew?.map(({ messages }) => messages)).to.deep.equal(one?.map(({ messages }) => messages).reverse());
    });

    it("fails where nothing was sent, as the server told of no device", async () => {
      const asks: readonly Call[] = [
        [startEncryption, { as: "pia" }],
        [createRoom, { as: "ann", id: "room" }],
        [join, { as: "pia", room: "room", via: "one" }],
        [sendEncrypted, { as: "pia", room: "room", to: ["ann"], id: "word", body: "hello" }],
      ];
      const end = await house.endOf([...asks, repeats()]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
      expect(end.reason).to.include("it was told of none");
    });

    it("is the scenario's mistake where nothing was to be sent", async () => {
      const end = await house.endOf([[createRoom, { as: "pia", id: "room" }], repeats()]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("send-encrypted or flood-device comes first");
    });
  });
});
