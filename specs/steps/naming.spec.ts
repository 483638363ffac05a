import { expect } from "chai";
import { nameEvent } from "../../src/steps/naming.js";
import { sendStateEvent } from "../../src/steps/rooms/messages.js";
import { createRoom, join } from "../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../support/play-steps.js";

describe("steps/naming", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];
  const enters: Call = [join, { as: "pia", room: "room", via: "one" }];
  const names = (type: string, key?: string): Call => [
    nameEvent,
    { id: "found", room: "room", peer: "peer", type, ...(key === undefined ? {} : { key }) },
  ];

  describe("name-event", () => {
    it("binds an event of the state that a peer knows", async () => {
      const played = await house.play([hers, enters, names("m.room.member", "${pia}")]);
      const [joined] = played.sent(/v2\/send_join/);
      expect(played.bound("found")).to.deep.equal({
        kind: "event",
        eventId: joined?.target.split("/").at(-1),
        room: "room",
      });
      expect(played.title(nameEvent)).to.equal("The m.room.member of “room” is called “found”");
    });

    it("waits until the peer knows one", async () => {
      const sets: Call = [
        sendStateEvent,
        { as: "ann", room: "room", id: "set", type: "org.example.care", content: { a: 1 } },
      ];
      const played = await house.play([hers, enters, sets, names("org.example.care")]);
      expect(played.eventId("found")).to.equal(played.eventId("set"));
    });

    it("fails at the deadline when none comes", async () => {
      const end = await house.endOf([[createRoom, { as: "pia", id: "room" }], names("org.example.care")], {
        deadlineMs: 500,
      });
      expect(end).to.include({ outcome: "failed", reason: "the scenario's deadline of 0.5 s passed" });
    });

    it("looks at peers only", async () => {
      const looks: Call = [nameEvent, { id: "found", room: "room", peer: "one", type: "m.room.create" }];
      expect(await house.endOf([hers, looks])).to.include({ outcome: "error" });
    });
  });
});
