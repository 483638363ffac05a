import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import {
  catchUp,
  closeDevice,
  decrypt,
  encryptRoom,
  openDevice,
  readEncrypted,
  sendEncrypted,
  startEncryption,
} from "../../../src/steps/encryption/encryption.js";
import { sendMessage } from "../../../src/steps/rooms/messages.js";
import { readEvent, readState } from "../../../src/steps/rooms/reading.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/encryption", () => {
  const house = playhouse();
  const hers: Call = [createRoom, { as: "ann", id: "room" }];
  const enters: Call = [join, { as: "bob", room: "room", via: "one" }];
  const starts = (as: string): Call => [startEncryption, { as }];
  const encrypts: Call = [encryptRoom, { as: "ann", room: "room" }];
  const says: Call = [sendEncrypted, { as: "ann", room: "room", to: ["bob"], id: "secret", body: "the cat is out" }];
  const reads: Call = [decrypt, { as: "bob", room: "room", event: "secret" }];

  describe("start-encryption", () => {
    it("makes keys and uploads them, with one-time keys", async () => {
      const played = await house.play([starts("ann")]);
      const uploads = played.sent(/\/keys\/upload$/).map(({ request }) => request);
      const device = uploads.find(({ device_keys: keys }) => keys !== undefined)?.device_keys as JsonObject;
      expect(device).to.include({ user_id: played.userId("ann") });
      const oneTime = uploads.flatMap(({ one_time_keys: keys }) => Object.keys((keys ?? {}) as JsonObject));
      expect(oneTime.length).to.be.greaterThan(0);
      expect(played.title(startEncryption)).to.equal("ann's device makes its keys and uploads them");
    });

    it("works for a user of a peer as well, through the peer's own server", async () => {
      const played = await house.play([[startEncryption, { as: "pia", id: "pias" }], hers, encrypts]);
      expect(played.bound("pias")).to.include({ kind: "text" });
      expect(played.sent(/\/keys\/upload$/)).to.have.length(0);
    });
  });

  describe("encrypt-room", () => {
    it("switches encryption on", async () => {
      const asks: Call = [readState, { as: "ann", room: "room", type: "m.room.encryption" }];
      const played = await house.play([hers, encrypts, asks]);
      expect(played.answer(readState).response).to.deep.equal({ algorithm: "m.megolm.v1.aes-sha2" });
      expect(played.title(encryptRoom)).to.equal("ann switches encryption on in “room”");
    });

    it("fails without the power for it, charged to the user's seat", async () => {
      const end = await house.endOf([hers, enters, [encryptRoom, { as: "bob", room: "room" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "two" });
    });
  });

  describe("send-encrypted", () => {
    it("sends what only those told can read, and shares the key with their devices", async () => {
      const asks: Call = [readEvent, { as: "bob", room: "room", event: "secret" }];
      const played = await house.play([hers, enters, starts("ann"), starts("bob"), encrypts, says, reads, asks]);
      const { type, content } = played.answer(readEvent).response as { type: string; content: JsonObject };
      expect([type, content.algorithm]).to.deep.equal(["m.room.encrypted", "m.megolm.v1.aes-sha2"]);
      const sent = played.sent(/\/send\/m\.room\.encrypted\//);
      expect(sent).to.have.length(1);
      expect(JSON.stringify(sent)).not.to.include("the cat is out");
      const [shared] = played.sent(/\/sendToDevice\/m\.room\.encrypted\//);
      expect(shared?.request.messages).to.have.property(played.userId("bob"));
      expect(played.bound("secret")).to.include({ kind: "event", room: "room" });
      expect(played.title(sendEncrypted)).to.equal("ann encrypts a message for bob");
    });

    it("needs a device that encrypts", async () => {
      const end = await house.endOf([hers, says]);
      expect(end).to.include({ outcome: "error" });
      expect(end.reason).to.include("ann has no encrypting device: start-encryption comes first");
    });
  });

  describe("decrypt", () => {
    it("observes the plain event", async () => {
      const played = await house.play([hers, enters, starts("ann"), starts("bob"), encrypts, says, reads]);
      const [{ ok, plain } = {}] = played.observed(decrypt, "decryption");
      expect(ok).to.equal(true);
      expect(plain).to.deep.include({ type: "m.room.message", content: { msgtype: "m.text", body: "the cat is out" } });
      expect(played.title(decrypt)).to.equal("bob decrypts “secret”");
    });

    it("observes why it cannot: what was not encrypted for them", async () => {
      const hides: Call = [sendEncrypted, { ...says[1], to: ["ann"] }];
      const played = await house.play([hers, enters, starts("ann"), starts("bob"), encrypts, hides, reads]);
      const [{ ok, reason } = {}] = played.observed(decrypt, "decryption");
      expect(ok).to.equal(false);
      expect(reason).to.be.a("string").that.is.not.empty;
    });

    it("needs a device that encrypts", async () => {
      const plain: Call = [sendMessage, { as: "ann", room: "room", id: "secret" }];
      expect(await house.endOf([hers, plain, reads])).to.include({ outcome: "error" });
    });
  });

  describe("open-device, catch-up and close-device", () => {
    it("open a second device, take in what has come, and delete it again", async () => {
      const opens: Call = [openDevice, { as: "bob", id: "phone" }];
      const played = await house.play([
        hers,
        enters,
        starts("ann"),
        starts("bob"),
        opens,
        encrypts,
        says,
        [decrypt, { ...reads[1], device: "phone" }],
        [catchUp, { as: "ann" }],
        [closeDevice, { as: "bob", device: "phone" }],
      ]);
      expect(played.observed(decrypt, "decryption")[0]).to.include({ ok: true });
      expect(played.sent(/\/logout$/).map(({ status }) => status)).to.deep.equal([200]);
      expect(played.title(openDevice)).to.equal("bob logs in on a new device, “phone”, which makes its own keys");
      expect(played.title(catchUp)).to.equal("ann's client takes in what has come");
      expect(played.title(closeDevice)).to.equal("bob logs out on “phone”");
    });

    it("need a device of that name", async () => {
      expect(await house.endOf([[closeDevice, { as: "bob", device: "phone" }]])).to.include({ outcome: "error" });
    });
  });

  describe("read-encrypted", () => {
    it("looks a message up and observes that its key is missing", async () => {
      const before: Call = [sendEncrypted, { ...says[1], to: ["ann"] }];
      const asks: Call = [readEncrypted, { as: "bob", room: "room", event: "secret" }];
      const comes: Call = [decrypt, { ...reads[1], patience: "0s" }];
      const played = await house.play([hers, enters, starts("ann"), starts("bob"), encrypts, before, comes, asks]);
      expect(played.observed(readEncrypted, "decryption")[0]).to.include({ ok: false, code: "MissingRoomKey" });
      expect(played.title(readEncrypted)).to.equal("bob looks “secret” up and tries to decrypt it");
    });
  });
});
