import { expect } from "chai";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { upgradeRoom } from "../../../src/steps/rooms/upgrades.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/upgrades", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "old" }];

  it("upgrade-room: replaces a room, with further creators on demand, and binds the new one", async () => {
    const upgrades: Call = [upgradeRoom, { as: "ann", room: "old", id: "new", version: "12", creators: ["abe"] }];
    const played = await house.play([hers, upgrades]);
    const { request, response } = played.answer(upgradeRoom);
    expect(request).to.deep.equal({ new_version: "12", additional_creators: [played.userId("abe")] });
    expect(played.bound("new")).to.deep.equal({ kind: "room", roomId: response.replacement_room, version: "12" });
    expect(played.title(upgradeRoom)).to.equal("ann has the room “old” replaced by a new one, “new”");
  });

  it("upgrade-room: takes the instance's version where none is said", async () => {
    const played = await house.play([hers, [upgradeRoom, { as: "ann", room: "old", id: "new" }]]);
    expect(played.answer(upgradeRoom).request).to.deep.equal({ new_version: "11" });
  });

  it("upgrade-room: charges the user's server with a refusal", async () => {
    const calls: readonly Call[] = [hers, [join, { as: "abe", room: "old" }]];
    const end = await house.endOf([...calls, [upgradeRoom, { as: "abe", room: "old", id: "new" }]]);
    expect(end).to.include({ outcome: "failed", owedBy: "one" });
    expect(end.reason).to.include("M_FORBIDDEN");
  });
});
