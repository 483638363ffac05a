import { expect } from "chai";
import { sendMessage, sendMessages, sendStateEvent } from "../../../src/steps/rooms/messages.js";
import { readEvent, readHistory, readState } from "../../../src/steps/rooms/reading.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/reading", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];

  describe("read-history", () => {
    const many: Call = [sendMessages, { as: "ann", room: "room", count: 45, prefix: "m" }];

    it("pages back to the beginning, or as far as told, and observes the events, newest first", async () => {
      const played = await house.play([
        hers,
        many,
        [readHistory, { as: "ann", room: "room", pages: 1 }],
        [readHistory, { as: "ann", room: "room" }],
      ]);
      const events = played.observed(readHistory, "history")[0]?.events as string[];
      const written = Array.from({ length: 45 }, (_none, at) => played.eventId(`m-${45 - at}`));
      expect(events.slice(0, 45)).to.deep.equal(written);
      expect(new Set(events).size).to.equal(events.length);
      const [alone, ...pages] = played.sent(/\/messages\?/);
      expect(pages.length).to.be.greaterThan(1);
      expect(pages[0]?.target).to.equal(alone?.target);
      const chunk = pages.flatMap(({ response }) => response.chunk as { type: string }[]);
      expect(chunk.at(-1)).to.include({ type: "m.room.create" });
      expect(played.title(readHistory)).to.equal("ann pages back through “room”");
    });

    it("fails where the server shows nothing, charged to it", async () => {
      const end = await house.endOf([hers, [readHistory, { as: "bob", room: "room" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
    });
  });

  describe("read-state", () => {
    it("asks for one state event by type and key", async () => {
      const played = await house.play([
        hers,
        [
          sendStateEvent,
          { as: "ann", room: "room", id: "set", type: "org.example.care", key: "k/1", content: { a: 1 } },
        ],
        [readState, { as: "ann", room: "room", type: "org.example.care", key: "k/1" }],
      ]);
      const { method, target, response } = played.answer(readState);
      expect([method, target]).to.deep.equal([
        "GET",
        `/_matrix/client/v3/rooms/${played.roomId("room")}/state/org.example.care/k/1`,
      ]);
      expect(response).to.deep.equal({ a: 1 });
      expect(played.title(readState)).to.equal("ann reads org.example.care of “room”");
    });

    it("goes on when there is none: checks look at the answer", async () => {
      const played = await house.play([hers, [readState, { as: "ann", room: "room", type: "m.room.topic" }]]);
      expect(played.observed(readState, "response")[0]).to.include({ status: 404, errcode: "M_NOT_FOUND" });
    });

    it("cannot ask as the user of a peer", async () => {
      const end = await house.endOf([hers, [readState, { as: "pia", room: "room", type: "m.room.topic" }]]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("pia sits at a peer, where a user of a target is needed");
    });
  });

  describe("read-event", () => {
    const says: Call = [sendMessage, { as: "ann", room: "room", id: "tea" }];

    it("asks the user's own server for an event", async () => {
      const enters: Call = [join, { as: "bob", room: "room", via: "one" }];
      const played = await house.play([hers, says, enters, [readEvent, { as: "ann", room: "room", event: "tea" }]]);
      expect(played.answer(readEvent)).to.include({ from: played.userId("ann"), status: 200 });
      expect(played.answer(readEvent).response).to.include({ event_id: played.eventId("tea") });
      expect(played.title(readEvent)).to.equal("ann reads “tea”");
    });

    it("goes on after a refusal, and needs an event's name", async () => {
      const played = await house.play([hers, says, [readEvent, { as: "abe", room: "room", event: "tea" }]]);
      expect(played.observed(readEvent, "response")[0]?.status).to.be.oneOf([403, 404]);
      const end = await house.endOf([hers, [readEvent, { as: "ann", room: "room", event: "room" }]]);
      expect(end).to.include({ outcome: "error", reason: "Error: room is of kind room, where event is needed" });
    });
  });
});
