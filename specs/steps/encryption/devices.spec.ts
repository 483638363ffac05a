import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { checkSignature } from "../../../src/matrix/signing.js";
import { claimKey, queryKeys, renameDevice, sendToDevice, uploadKeys } from "../../../src/steps/encryption/devices.js";
import { below } from "../../support/below.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/devices", () => {
  const house = playhouse();
  const uploads = (more: JsonObject = {}): Call => [uploadKeys, { as: "ann", ...more }];
  const isSigned = (object: JsonObject, userId: string, deviceId: string, keys: JsonObject) =>
    checkSignature(object, userId, `ed25519:${deviceId}`, String(keys[`ed25519:${deviceId}`]));

  describe("upload-keys", () => {
    it("uploads the device's keys, signed by it, and binds its id", async () => {
      const played = await house.play([uploads({ id: "device" })]);
      const { request, from, status } = played.answer(uploadKeys);
      const device = request.device_keys as JsonObject & { readonly keys: JsonObject };
      expect([from, status]).to.deep.equal([played.userId("ann"), 200]);
      expect(device).to.include({ user_id: played.userId("ann"), device_id: played.text("device") });
      expect(isSigned(device, played.userId("ann"), played.text("device"), device.keys)).to.equal(true);
      expect(played.title(uploadKeys)).to.equal("ann's device uploads its keys");
    });

    it("uploads one-time keys and a fallback key, signed by the device, whose keys it uploads once", async () => {
      const played = await house.play([
        uploads({ id: "device" }),
        uploads({ "one-time": ["k1", "k2"], fallback: "last" }),
      ]);
      const [first, second] = played.sent(/\/keys\/upload$/).map(({ request }) => request);
      const keys = below(first, "device_keys", "keys");
      expect(second).not.to.have.property("device_keys");
      const oneTime = second?.one_time_keys as { [id: string]: JsonObject };
      const fallback = second?.fallback_keys as { [id: string]: JsonObject };
      expect(Object.keys(oneTime)).to.deep.equal(["signed_curve25519:k1", "signed_curve25519:k2"]);
      expect(fallback["signed_curve25519:last"]).to.include({ fallback: true });
      for (const key of [...Object.values(oneTime), ...Object.values(fallback)]) {
        expect(isSigned(key, played.userId("ann"), played.text("device"), keys)).to.equal(true);
      }
      expect(played.title(uploadKeys)).to.equal("ann's device uploads one-time keys: k1, k2");
    });

    it("is for users of targets", async () => {
      expect(await house.endOf([uploads({ as: "pia" })])).to.include({ outcome: "error" });
    });
  });

  describe("query-keys", () => {
    it("asks the user's own server for another's devices", async () => {
      const played = await house.play([uploads({ id: "device" }), [queryKeys, { as: "bob", of: "ann" }]]);
      const { to, request, response } = played.answer(queryKeys);
      expect(to).to.equal(played.serverName("two"));
      expect(request).to.deep.equal({ device_keys: { [played.userId("ann")]: [] } });
      const devices = (response.device_keys as JsonObject)[played.userId("ann")];
      expect(devices).to.have.property(played.text("device"));
      expect(played.title(queryKeys)).to.equal("bob asks for the device keys of ann");
    });

    it("says how long the server may wait for others, where told", async () => {
      const played = await house.play([[queryKeys, { as: "bob", of: "ann", timeout: "1s" }]]);
      expect(played.answer(queryKeys).request).to.include({ timeout: 1000 });
      expect(played.title(queryKeys)).to.equal("bob asks for the device keys of ann, and gives their server 1s");
    });

    it("is for users of targets", async () => {
      expect(await house.endOf([[queryKeys, { as: "pia", of: "ann" }]])).to.include({ outcome: "error" });
    });
  });

  describe("claim-key", () => {
    const claims = (id: string): Call => [claimKey, { as: "bob", of: "ann", device: "device", id }];

    it("claims a key, binds its id, and `none` when there is none", async () => {
      const played = await house.play([
        uploads({ id: "device", "one-time": ["k1"] }),
        claims("first"),
        claims("second"),
      ]);
      expect(played.answer(claimKey).request).to.deep.equal({
        one_time_keys: { [played.userId("ann")]: { [played.text("device")]: "signed_curve25519" } },
      });
      expect([played.text("first"), played.text("second")]).to.deep.equal(["signed_curve25519:k1", "none"]);
      expect(played.title(claimKey)).to.equal("bob claims a one-time key of ann");
    });

    it("needs a device", async () => {
      expect(await house.endOf([claims("first")])).to.deep.equal({
        verb: "claim-key",
        outcome: "error",
        reason: "Error: nothing is bound to device yet",
      });
    });
  });

  describe("send-to-device", () => {
    it("sends a message to all devices of another, what it names resolved", async () => {
      const content = { of: "${bob}" };
      const played = await house.play([[sendToDevice, { as: "ann", to: "bob", type: "org.example.tea", content }]]);
      const { method, target, request, status } = played.answer(sendToDevice);
      expect([method, status]).to.deep.equal(["PUT", 200]);
      expect(target).to.match(/^\/_matrix\/client\/v3\/sendToDevice\/org\.example\.tea\/[0-9a-f]{12}$/);
      const bob = played.userId("bob");
      expect(request).to.deep.equal({ messages: { [bob]: { "*": { of: bob } } } });
      expect(played.title(sendToDevice)).to.equal("ann sends org.example.tea to the devices of bob");
    });

    it("sends it so often as told, each time as a message of its own", async () => {
      const sends = { as: "ann", to: "bob", type: "org.example.tea", content: {}, times: 3 };
      const played = await house.play([[sendToDevice, sends]]);
      const targets = played.sent(/sendToDevice/).map(({ target }) => target);
      expect(new Set(targets).size).to.equal(3);
      expect(played.title(sendToDevice)).to.equal("ann sends 3 times org.example.tea to the devices of bob");
    });

    it("knows whom it names", async () => {
      const content = { of: "${nobody}" };
      const end = await house.endOf([[sendToDevice, { as: "ann", to: "bob", type: "org.example.tea", content }]]);
      expect(end).to.include({ outcome: "error" });
    });
  });

  describe("rename-device", () => {
    it("renames the device that others then see", async () => {
      const renames: Call = [renameDevice, { as: "ann", to: "Ann's phone" }];
      const played = await house.play([uploads({ id: "device" }), renames, [queryKeys, { as: "bob", of: "ann" }]]);
      expect(played.answer(renameDevice)).to.include({
        method: "PUT",
        target: `/_matrix/client/v3/devices/${played.text("device")}`,
        status: 200,
      });
      expect(played.answer(renameDevice).request).to.deep.equal({ display_name: "Ann's phone" });
      expect(played.title(renameDevice)).to.equal("ann names their device “Ann's phone”");
    });

    it("is for users of targets", async () => {
      expect(await house.endOf([[renameDevice, { as: "pia", to: "phone" }]])).to.include({ outcome: "error" });
    });
  });
});
