import { expect } from "chai";
import { askStates } from "../../../src/steps/asking/asked-states.js";
import { nameEvent } from "../../../src/steps/naming.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/asked-states", () => {
  const house = playhouse();

  it("asks each server in turn, and notes whose answer is which", async () => {
    const calls: readonly Call[] = [
      [createRoom, { as: "ann", id: "room" }],
      [join, { as: "pia", room: "room", via: "one" }],
      [join, { as: "bob", room: "room", via: "one" }],
      [nameEvent, { id: "joined", room: "room", peer: "peer", type: "m.room.member", key: "${bob}" }],
      [askStates, { by: "peer", room: "room", at: "joined", of: ["one", "two"] }],
    ];
    const played = await house.play(calls);
    const asked = played.sentBy("peer", /\/state_ids\//);
    expect(asked.map(({ to }) => to)).to.deep.equal([played.serverName("one"), played.serverName("two")]);
    expect(asked[0]?.uri).to.equal(asked[1]?.uri);
    expect(asked[0]?.target).to.include(`${played.roomId("room")}?event_id=${played.eventId("joined")}`);
    expect(played.observed(askStates, "state-told").map(({ seat }) => seat)).to.deep.equal(["one", "two"]);
    expect(played.observed(askStates, "response")).to.have.length(2);
    expect(played.title(askStates)).to.equal("peer asks one and two how the room stood before “joined”");
  });
});
