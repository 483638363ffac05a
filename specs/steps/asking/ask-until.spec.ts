import { expect } from "chai";
import { askUntil } from "../../../src/steps/asking/ask-until.js";
import { createRoom } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/asking: ask-until", () => {
  const house = playhouse();
  const space: Call = [createRoom, { as: "ann", id: "space", name: "Archive", creation: { type: "m.space" } }];
  const asks = (path: string, name: string): Call => [
    askUntil,
    { as: "ann", api: "v1", path, holds: { rooms: [{ room_id: "${space}", name }] }, within: "450ms" },
  ];
  const ASKED = /\/hierarchy$/;

  it("is done with the first answer that holds what is waited for", async () => {
    const played = await house.play([space, asks("/rooms/${space}/hierarchy", "Archive")]);
    expect(played.sent(ASKED)).to.have.length(1);
    expect(played.answer(askUntil).response).to.have.nested.property("rooms[0].name", "Archive");
    expect(played.title(askUntil)).to.equal(
      "ann asks the own server until it tells what is waited for: GET /rooms/${space}/hierarchy",
    );
  });

  it("asks again while the answer lacks it, is done when time is up, and shows the last answer", async () => {
    const played = await house.play([space, asks("/rooms/${space}/hierarchy", "Museum")]);
    expect(played.sent(ASKED)).to.have.length.within(2, 5);
    expect(played.answer(askUntil).response).to.have.nested.property("rooms[0].name", "Archive");
  });

  it("takes a refusal for the end", async () => {
    const played = await house.play([space, asks("/rooms/!nowhere:example.org/hierarchy", "Archive")]);
    expect(played.sent(ASKED)).to.have.length(1);
    expect(played.answer(askUntil).status).to.be.within(400, 499);
  });
});
