import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { queryKeys } from "../../../src/steps/encryption/devices.js";
import { startEncryption } from "../../../src/steps/encryption/encryption.js";
import { addGhostDevice, addGhostOnTheWay } from "../../../src/steps/encryption/ghost-device.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/ghost-device", () => {
  const house = playhouse();
  const haunts: Call = [addGhostDevice, { as: "pia", device: "GHOST" }];

  it("add-ghost-device: the peer's answers name one device more, with keys", async () => {
    const starts: Call = [startEncryption, { as: "pia", id: "desk" }];
    const played = await house.play([starts, haunts, [queryKeys, { as: "ann", of: "pia" }]]);
    const { device_keys: keys } = played.answer(queryKeys).response as { device_keys: { [user: string]: JsonObject } };
    const devices = keys[played.userId("pia")] ?? {};
    expect(Object.keys(devices)).to.have.members(["GHOST", played.text("desk")]);
    expect(devices.GHOST).to.have.property("signatures");
    expect(played.title(addGhostDevice)).to.equal("pia's server adds a device GHOST of its own to pia's list");
  });

  it("add-ghost-on-the-way: the answers arrive with one device more", async () => {
    const way = { id: "haunted", from: "one", to: "two", "of-user": "bob", device: "GHOST" };
    const starts: Call = [startEncryption, { as: "bob", id: "desk" }];
    const played = await house.play([starts, [addGhostOnTheWay, way], [queryKeys, { as: "ann", of: "bob" }]]);
    const { device_keys: keys } = played.answer(queryKeys).response as { device_keys: { [user: string]: JsonObject } };
    const devices = keys[played.userId("bob")] ?? {};
    expect(Object.keys(devices)).to.have.members(["GHOST", played.text("desk")]);
    expect(played.title(addGhostOnTheWay)).to.equal("on the way, a device GHOST is added to bob's list");
  });

  it("add-ghost-device: for users of peers", async () => {
    expect(await house.endOf([[addGhostDevice, { as: "ann", device: "GHOST" }]])).to.include({ outcome: "error" });
  });
});
