import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { sendBatch } from "../../../src/steps/peers/batches.js";
import { behave } from "../../../src/steps/peers/peer-control.js";
import { readHistory } from "../../../src/steps/rooms/reading.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/batches", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];
  const enters: Call = [join, { as: "pia", room: "room", via: "one" }];
  const sends = (more: JsonObject): Call => [sendBatch, { by: "pia", room: "room", to: "one", prefix: "m", ...more }];

  describe("send-batch", () => {
    it("sends sound messages upon each other and typing notices in one transaction", async () => {
      const history: Call = [readHistory, { as: "ann", room: "room" }];
      const played = await house.play([hers, enters, sends({ count: 3, "typing-notices": 2 }), history]);
      const { method, target, request, status } = played.answer(sendBatch);
      const pdus = request.pdus as unknown as readonly Pdu[];
      const ids = ["m-1", "m-2", "m-3"].map((name) => played.eventId(name));
      expect([method, status]).to.deep.equal(["PUT", 200]);
      expect(target).to.match(/^\/_matrix\/federation\/v1\/send\/[\w-]+$/);
      expect(pdus.map(({ content }) => content.body)).to.deep.equal(
        ["m-1", "m-2", "m-3"].map((name) => `${name} ${played.instance.token}`),
      );
      expect(pdus.slice(1).map(({ prev_events: prev }) => prev)).to.deep.equal([[ids[0]], [ids[1]]]);
      for (const pdu of pdus) expect(played.soundness(pdu, ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
      const typing = (now: boolean) => ({
        edu_type: "m.typing",
        content: { room_id: played.roomId("room"), user_id: played.userId("pia"), typing: now },
      });
      expect(request.edus).to.deep.equal([typing(true), typing(false)]);
      expect(played.observed(readHistory, "history")[0]?.events).to.include.members(ids);
      expect(played.title(sendBatch)).to.equal("pia's server sends 3 messages and 2 typing notices to one at once");
    });

    it("goes on when it is refused: checks look at the answer", async () => {
      const refuses: Call = [
        behave,
        { peer: "other", as: "canned-answer", with: { endpoint: "send", status: 413, body: {} } },
      ];
      const played = await house.play([hers, enters, refuses, sends({ to: "other", count: 1 })]);
      expect(played.observed(sendBatch, "response")[0]).to.include({ status: 413 });
      expect(played.answer(sendBatch).request.edus).to.deep.equal([]);
    });

    it("is for users of peers, in rooms that they know", async () => {
      const byTarget = await house.endOf([hers, sends({ by: "ann", count: 1 })]);
      expect(byTarget).to.include({ outcome: "error" });
      const outside = await house.endOf([hers, sends({ count: 1 })]);
      expect(outside).to.include({ outcome: "error" });
      expect(outside.reason).to.include("is unknown");
    });
  });
});
