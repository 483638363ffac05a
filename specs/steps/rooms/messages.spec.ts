import { expect } from "chai";
import { redact, sendMessage, sendMessages, sendStateEvent } from "../../../src/steps/rooms/messages.js";
import { readEvent, readHistory, readState } from "../../../src/steps/rooms/reading.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/messages", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];
  const pias: Call = [createRoom, { as: "pia", id: "room" }];
  const annEnters: Call = [join, { as: "ann", room: "room", via: "peer" }];
  const reads = (event: string): Call => [readEvent, { as: "ann", room: "room", event }];

  describe("send-message", () => {
    it("sends a text as a target's user, and binds the event", async () => {
      const says: Call = [sendMessage, { as: "ann", room: "room", id: "tea", body: "Tea?" }];
      const played = await house.play([hers, says, reads("tea")]);
      const { method, target, request, response } = played.answer(sendMessage);
      expect([method, target]).to.deep.equal([
        "PUT",
        `/_matrix/client/v3/rooms/${played.roomId("room")}/send/m.room.message/tea`,
      ]);
      expect(request).to.deep.equal({ msgtype: "m.text", body: "Tea?" });
      expect(played.bound("tea")).to.deep.equal({ kind: "event", eventId: response.event_id, room: "room" });
      expect(played.answer(readEvent).response).to.deep.include({ content: request, sender: played.userId("ann") });
      expect(played.title(sendMessage)).to.equal("ann writes into “room”");
    });

    it("sends a text as a peer's user; it names the event and the instance unless told otherwise", async () => {
      const played = await house.play([
        pias,
        [sendMessage, { as: "pia", room: "room", id: "tea" }],
        annEnters,
        [readHistory, { as: "ann", room: "room" }],
      ]);
      const { events } = played.observed(readHistory, "history")[0] ?? {};
      expect(events).to.include(played.eventId("tea"));
      const said = played.answer(readHistory).response.chunk as { event_id: string; content: { body: string } }[];
      const body = said.find(({ event_id: id }) => id === played.eventId("tea"))?.content.body;
      expect(body).to.equal(`tea ${played.instance.token}`);
    });

    it("takes no answer to an earlier request for its own: what a peer says travels later", async () => {
      const enters: Call = [join, { as: "oli", room: "room", via: "peer" }];
      const played = await house.play([pias, enters, [sendMessage, { as: "pia", room: "room", id: "tea" }]]);
      expect(played.observed(join, "response")).to.have.length(1);
      expect(played.observed(sendMessage, "response")).to.deep.equal([]);
    });

    it("fails for those outside the room, charged to the sender's seat", async () => {
      const end = await house.endOf([hers, [sendMessage, { as: "bob", room: "room", id: "tea" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
      const byPeer = await house.endOf([pias, [sendMessage, { as: "oli", room: "room", id: "tea" }]]);
      expect(byPeer).to.include({ outcome: "failed", owedBy: "other" });
    });

    it("takes no name of anything but a room", async () => {
      const says: Call = [sendMessage, { as: "ann", room: "room", id: "tea" }];
      const end = await house.endOf([hers, says, [sendMessage, { as: "ann", room: "tea", id: "again" }]]);
      expect(end).to.include({ outcome: "error", reason: "Error: tea is of kind event, where room is needed" });
    });
  });

  describe("send-messages", () => {
    it("sends as many as told, one after the other, each bound", async () => {
      const many: Call = [sendMessages, { as: "ann", room: "room", count: 3, prefix: "m" }];
      const played = await house.play([hers, many, [readHistory, { as: "ann", room: "room" }]]);
      const events = played.observed(readHistory, "history")[0]?.events as string[];
      expect(events.slice(0, 3)).to.deep.equal(["m-3", "m-2", "m-1"].map((name) => played.eventId(name)));
      expect(played.observed(sendMessages, "response")).to.have.length(3);
      expect(played.title(sendMessages)).to.equal("ann writes 3 messages into “room”");
    });

    it("stops at a refusal", async () => {
      const end = await house.endOf([hers, [sendMessages, { as: "bob", room: "room", count: 2, prefix: "m" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
    });
  });

  describe("send-state", () => {
    const told = { room: "room", id: "set", type: "org.example.care", key: "of ${ann}", content: { by: "${bob}" } };
    const asked: Call = [readState, { as: "ann", room: "room", type: told.type, key: told.key }];

    it("sets state, what it names resolved, as a target's user", async () => {
      const played = await house.play([hers, [sendStateEvent, { as: "ann", ...told }], asked]);
      expect(played.answer(sendStateEvent).target).to.match(
        new RegExp(`/state/org.example.care/of ${played.userId("ann")}$`),
      );
      expect(played.bound("set")).to.include({ eventId: played.answer(sendStateEvent).response.event_id });
      expect(played.answer(readState).response).to.deep.equal({ by: played.userId("bob") });
      expect(played.title(sendStateEvent)).to.equal("ann sets org.example.care in “room”");
    });

    it("sets state as a peer's user", async () => {
      const played = await house.play([pias, [sendStateEvent, { as: "pia", ...told }], annEnters, asked]);
      expect(played.answer(readState).response).to.deep.equal({ by: played.userId("bob") });
    });

    it("fails without the power for it", async () => {
      const enters: Call = [join, { as: "abe", room: "room" }];
      const end = await house.endOf([hers, enters, [sendStateEvent, { as: "abe", ...told }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
      expect(end.reason).to.include("403 M_FORBIDDEN");
    });

    it("knows who is meant", async () => {
      const end = await house.endOf([hers, [sendStateEvent, { as: "ann", ...told, key: "${nobody}" }]]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("${nobody} stands for nothing");
    });
  });

  describe("redact", () => {
    const says: Call = [sendMessage, { as: "ann", room: "room", id: "tea" }];

    it("redacts an event, and binds the redaction", async () => {
      const played = await house.play([
        hers,
        says,
        [redact, { as: "ann", room: "room", event: "tea", id: "gone" }],
        reads("tea"),
      ]);
      const { target, response } = played.answer(redact);
      expect(target).to.match(new RegExp(`/redact/\\${played.eventId("tea")}/gone$`));
      expect(played.eventId("gone")).to.equal(response.event_id);
      expect(played.answer(readEvent).response.content).to.deep.equal({});
      expect(played.title(redact)).to.equal("ann redacts tea");
    });

    it("fails outside the room, charged to the user's seat", async () => {
      const end = await house.endOf([hers, says, [redact, { as: "bob", room: "room", event: "tea", id: "gone" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
    });
  });
});
