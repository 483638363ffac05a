import { expect } from "chai";
import { prevEventIds } from "../../../src/matrix/events/references.js";
import { forge } from "../../../src/steps/forging/forge.js";
import { forgeSiblings } from "../../../src/steps/forging/siblings.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { playhouse } from "../../support/play-steps.js";

describe("steps/siblings", () => {
  const house = playhouse();

  describe("forge-siblings", () => {
    it("writes messages that all follow the same event", async () => {
      const played = await house.play([
        [createRoom, { as: "ann", id: "room" }],
        [join, { as: "pia", room: "room", via: "one" }],
        [forge, { room: "room", events: { root: { by: "pia" } } }],
        [forgeSiblings, { by: "pia", room: "room", prev: ["root"], count: 3, prefix: "branch" }],
      ]);
      const names = ["branch-1", "branch-2", "branch-3"];
      for (const name of names) expect(prevEventIds(played.pdu(name))).to.deep.equal([played.eventId("root")]);
      expect(new Set(names.map((name) => played.eventId(name))).size).to.equal(3);
      expect(played.title(forgeSiblings)).to.equal("pia writes 3 messages, each right after root");
    });
  });
});
