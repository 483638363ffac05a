import { expect } from "chai";
import { namedEvent } from "../../../src/checks/state/room-history.js";

describe("checks/room-history", () => {
  const pdu = {
    type: "m.room.message",
    sender: "@ann:one.test",
    content: {},
    prev_events: ["$a"],
    auth_events: ["$b"],
  };
  const told = (value: object) => namedEvent("note", { eventId: "$note", pdu: value });

  it("tells what a peer wrote, by its name", () => {
    expect(told(pdu)).to.deep.equal({ name: "note", eventId: "$note", pdu });
    expect(told({ ...pdu, prev_events: [["$a", { sha256: "AAAA" }]] })).to.have.property("pdu");
    expect(namedEvent("note", { eventId: 1 })).to.equal(undefined);
  });

  it("has nothing to tell of what is no proper event", () => {
    const { sender: _, ...nobodys } = pdu;
    const malformed = [
      nobodys,
      { ...pdu, content: null },
      { ...pdu, type: 7 },
      { ...pdu, state_key: 7 },
      { ...pdu, prev_events: "none" },
      { ...pdu, auth_events: [1] },
    ];
    for (const one of malformed)
      expect(told(one), JSON.stringify(one)).to.deep.equal({ name: "note", eventId: "$note" });
  });
});
