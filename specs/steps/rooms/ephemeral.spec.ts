import { expect } from "chai";
import { sendReceipt, setPresence, setTyping } from "../../../src/steps/rooms/ephemeral.js";
import { sendMessage } from "../../../src/steps/rooms/messages.js";
import { createRoom } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/ephemeral", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];

  describe("set-typing", () => {
    it("says that the user types, or no longer does", async () => {
      const typing = (now: boolean): Call => [setTyping, { as: "ann", room: "room", typing: now }];
      const played = await house.play([hers, typing(true), typing(false)]);
      const told = played.sent(/\/typing\//);
      const path = `/_matrix/client/v3/rooms/${played.roomId("room")}/typing/${played.userId("ann")}`;
      expect(told.map(({ method, target, status }) => [method, target, status])).to.deep.equal([
        ["PUT", path, 200],
        ["PUT", path, 200],
      ]);
      expect(told.map(({ request }) => request)).to.deep.equal([{ typing: true, timeout: 20_000 }, { typing: false }]);
      expect(played.title(setTyping)).to.equal("ann stops typing in “room”");
    });

    it("fails outside the room, charged to the user's seat", async () => {
      const end = await house.endOf([hers, [setTyping, { as: "bob", room: "room", typing: true }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
    });
  });

  describe("send-receipt", () => {
    const says: Call = [sendMessage, { as: "ann", room: "room", id: "tea" }];
    const reads = (more: Record<string, string | true>): Call => [
      sendReceipt,
      { as: "ann", room: "room", event: "tea", ...more },
    ];

    it("marks an event as read, in private and in threads where told", async () => {
      const threads: readonly Call[] = [
        reads({}),
        reads({ private: true }),
        reads({ thread: "main" }),
        reads({ thread: "tea" }),
      ];
      const played = await house.play([hers, says, ...threads]);
      const path = `/_matrix/client/v3/rooms/${played.roomId("room")}/receipt`;
      const tea = played.eventId("tea");
      expect(played.sent(/\/receipt\//).map(({ target, request }) => [target, request])).to.deep.equal([
        [`${path}/m.read/${tea}`, {}],
        [`${path}/m.read.private/${tea}`, {}],
        [`${path}/m.read/${tea}`, { thread_id: "main" }],
        [`${path}/m.read/${tea}`, { thread_id: tea }],
      ]);
      expect(played.title(sendReceipt)).to.equal("ann has read “tea”");
    });

    it("fails outside the room", async () => {
      const end = await house.endOf([hers, says, [sendReceipt, { as: "bob", room: "room", event: "tea" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
    });
  });

  describe("set-presence", () => {
    it("sets presence, with a message where told", async () => {
      const played = await house.play([
        [setPresence, { as: "ann", presence: "unavailable" }],
        [setPresence, { as: "ann", presence: "online", status: "at tea" }],
      ]);
      const told = played.sent(/\/presence\//);
      expect(told.map(({ target, request }) => [target, request])).to.deep.equal([
        [`/_matrix/client/v3/presence/${played.userId("ann")}/status`, { presence: "unavailable" }],
        [`/_matrix/client/v3/presence/${played.userId("ann")}/status`, { presence: "online", status_msg: "at tea" }],
      ]);
      expect(played.title(setPresence)).to.equal("ann is online");
    });

    it("is for users of targets", async () => {
      const end = await house.endOf([[setPresence, { as: "pia", presence: "online" }]]);
      expect(end).to.include({ outcome: "error" });
    });
  });
});
