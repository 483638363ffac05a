import { expect } from "chai";
import { drawing } from "../../src/fuzz/drawing.js";
import type { RoomHistory } from "../../src/fuzz/history.js";

const HISTORY: RoomHistory = {
  roomVersion: "11",
  cast: { ann: "north", bob: "south" },
  joined: ["bob"],
  powers: {},
  creation: {},
  nodes: [
    { name: "e1", by: "bob", type: "m.room.topic", key: "", content: { topic: "x" }, prev: ["start"], at: 20 },
    {
      name: "e2",
      by: "ann",
      type: "m.room.member",
      key: "$" + "{bob}",
      content: { membership: "ban" },
      prev: ["start"],
      at: 10,
    },
    {
      name: "e3",
      by: "bob",
      type: "m.room.member",
      key: "$" + "{bob}",
      content: { membership: "leave" },
      prev: ["e1"],
      at: 30,
    },
    { name: "final", by: "ann", type: "m.room.message", content: { body: "end" }, prev: ["e3", "e2"], at: 40 },
  ],
  delivery: ["e2", "e1", "e3", "final"],
  asked: ["final"],
};

describe("fuzz/drawing", () => {
  const page = drawing(HISTORY, [{ kind: "state", at: "final", expected: ["a|b"], given: [] }]).split("\n");

  it("has the words of every other drawing, with the claimed times", () => {
    expect(page).to.include.members([
      "```mermaid",
      "graph TD",
      '  n1["start: the target\'s user joins"]',
      '  n2["e1: Bob sets the topic to “x”, at 20"]',
      '  n3["e2: Ann bans Bob, at 10"]',
      '  n4["e3: Bob leaves, at 30"]',
      '  n5("final: Ann writes, at 40")',
      "  n1 --> n2",
      "  n4 --> n5",
      "  n3 --> n5",
    ]);
  });

  it("says in which order it was sent, and what differs", () => {
    expect(page).to.include("Sent in this order: e2, e1, e3, final.");
    expect(page).to.include("| state | final | a\\|b | nothing |");
  });
});
