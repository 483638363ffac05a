import { expect } from "chai";
import { startEncryption } from "../../../src/steps/encryption/encryption.js";
import { confirmIdentity, makeIdentity, verifyByEmoji } from "../../../src/steps/encryption/identities.js";
import { cut } from "../../../src/steps/peers/peer-control.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/identities", () => {
  const house = playhouse();
  const starts = (as: string): Call => [startEncryption, { as }];
  const makes = (as: string): Call => [makeIdentity, { as, id: `${as}s-master` }];
  const both = [starts("ann"), starts("bob"), makes("ann"), makes("bob")];

  describe("make-identity", () => {
    it("uploads keys without more ado the first time, and with the password in place of others", async () => {
      const played = await house.play([starts("ann"), makes("ann"), makes("ann")]);
      const uploads = played.sent(/\/keys\/device_signing\/upload$/);
      expect(uploads.map(({ status }) => status)).to.deep.equal([200, 401, 200]);
      expect(played.text("anns-master")).to.match(/^[A-Za-z0-9+/]{43}$/);
      expect(played.title(makeIdentity)).to.equal("ann makes cross-signing keys and signs the device with them");
    });

    it("needs a device that encrypts", async () => {
      expect(await house.endOf([makes("ann")])).to.include({ outcome: "error" });
    });
  });

  describe("verify-by-emoji", () => {
    it("has both devices show the same and both users signed by each other", async () => {
      const played = await house.play([...both, [verifyByEmoji, { as: "ann", with: "bob" }]]);
      const [{ first, second } = {}] = played.observed(verifyByEmoji, "emoji");
      expect(first).to.equal(second);
      expect(String(first).split(" ")).to.have.length(7);
      expect(played.sent(/\/sendToDevice\/m\.key\.verification\.mac\//)).to.have.length(2);
      expect(played.title(verifyByEmoji)).to.include("ann and bob compare emoji by messages between their devices");
    });

    it("does the same in a room", async () => {
      const played = await house.play([
        ...both,
        [createRoom, { as: "ann", id: "room" }],
        [join, { as: "bob", room: "room", via: "one" }],
        [verifyByEmoji, { as: "ann", with: "bob", room: "room" }],
      ]);
      expect(played.sent(/\/send\/m\.key\.verification\.mac\//)).to.have.length(2);
      expect(played.title(verifyByEmoji)).to.include("in “room”");
    });
  });

  describe("confirm-identity", () => {
    it("signs the other's master key", async () => {
      const played = await house.play([...both, [confirmIdentity, { as: "ann", of: "bob" }]]);
      const signed = played.sent(/\/keys\/signatures\/upload$/).at(-1)?.request ?? {};
      expect(Object.keys(signed)).to.deep.equal([played.userId("bob")]);
      expect(played.title(confirmIdentity)).to.equal("ann confirms the identity of bob");
    });

    it("waits for an identity to confirm, in vain where there is none", async () => {
      const calls = [...both.slice(0, 3), [confirmIdentity, { as: "ann", of: "bob" }]] as const;
      const end = await house.endOf(calls, { deadlineMs: 2000 });
      expect(end).to.include({ outcome: "failed", reason: "the scenario's deadline of 2 s passed" });
    });
  });

  describe("verify-by-emoji over a path that was cut", () => {
    const parted = playhouse();

    it("is nobody's fault for certain where the two do not get that far", async () => {
      const cutOff: Call = [cut, { between: ["one", "two"] }];
      const end = await parted.endOf([...both, cutOff, [verifyByEmoji, { as: "ann", with: "bob" }]]);
      expect(end).to.include({ outcome: "failed" }).and.not.have.property("owedBy");
      expect(end.reason).to.include("does not know the device");
    });
  });
});
