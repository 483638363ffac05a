import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { checkSignature } from "../../../src/matrix/signing.js";
import { uploadCrossSigning, uploadFalseSignature, verifyUser } from "../../../src/steps/encryption/cross-signing.js";
import { queryKeys, uploadKeys } from "../../../src/steps/encryption/devices.js";
import { below } from "../../support/below.js";
import { type Call, playhouse } from "../../support/play-steps.js";

const publicKey = (key: JsonObject) => String(Object.values(below(key, "keys"))[0]);

describe("steps/cross-signing", () => {
  const house = playhouse();
  const hasDevice = (as: string): Call => [uploadKeys, { as, id: `${as}s` }];
  const uploads = (as: string): Call => [uploadCrossSigning, { as, id: `${as}-master` }];

  describe("upload-cross-signing", () => {
    it("uploads three keys, two signed by the first, and signs the device", async () => {
      const asks: Call = [queryKeys, { as: "bob", of: "ann" }];
      const played = await house.play([hasDevice("ann"), uploads("ann"), asks]);
      const ann = played.userId("ann");
      const [sent] = played.sent(/device_signing\/upload$/);
      const master = below(sent?.request, "master_key");
      const masterKey = publicKey(master);
      expect(played.bound("ann-master")).to.deep.equal({ kind: "text", value: masterKey });
      for (const usage of ["self_signing", "user_signing"]) {
        const key = below(sent?.request, `${usage}_key`);
        expect(key).to.deep.include({ user_id: ann, usage: [usage] });
        expect(checkSignature(key, ann, `ed25519:${masterKey}`, masterKey)).to.equal(true);
      }
      const shown = played.answer(queryKeys).response;
      const device = below(shown, "device_keys", ann, played.text("anns"));
      const selfSigning = publicKey(below(sent?.request, "self_signing_key"));
      expect(checkSignature(device, ann, `ed25519:${selfSigning}`, selfSigning)).to.equal(true);
      expect(played.title(uploadCrossSigning)).to.equal(
        "ann uploads cross-signing keys and signs their device with them",
      );
    });

    it("fails when the server shows no device to sign, charged to it", async () => {
      const end = await house.endOf([uploads("ann")]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
      expect(end.reason).to.match(/^keys\/query shows no key of @ann-/);
    });
  });

  describe("verify-user", () => {
    const confirms: Call = [verifyUser, { as: "ann", of: "bob" }];

    it("signs another's master key with the user-signing key", async () => {
      const people = ["ann", "bob"].flatMap((name) => [hasDevice(name), uploads(name)]);
      const played = await house.play([...people, confirms]);
      const [ann, bob] = [played.userId("ann"), played.userId("bob")];
      const [keys] = played.sent(/device_signing\/upload$/).filter(({ from }) => from === ann);
      const userSigning = publicKey(below(keys?.request, "user_signing_key"));
      const sent = played.answer(verifyUser);
      expect(sent.target).to.equal("/_matrix/client/v3/keys/signatures/upload");
      const signed = below(sent.request, bob, played.text("bob-master"));
      expect(publicKey(signed)).to.equal(played.text("bob-master"));
      expect(checkSignature(signed, ann, `ed25519:${userSigning}`, userSigning)).to.equal(true);
      expect(played.title(verifyUser)).to.equal("ann confirms the identity of bob");
    });

    it("fails when the server shows no master key, and needs keys of one's own", async () => {
      const end = await house.endOf([hasDevice("ann"), uploads("ann"), confirms]);
      expect(end).to.include({ outcome: "failed", owedBy: "one" });
      const none = await house.endOf([confirms]);
      expect(none).to.include({ outcome: "error" });
      expect(none.reason).to.include("upload-cross-signing comes first");
    });
  });

  describe("upload-false-signature", () => {
    it("uploads a signature that the server refuses", async () => {
      const uploads: Call = [uploadKeys, { as: "ann", id: "device" }];
      const crossSigns: Call = [uploadCrossSigning, { as: "ann", id: "master" }];
      const played = await house.play([uploads, crossSigns, [uploadFalseSignature, { as: "ann", device: "device" }]]);
      const { failures } = played.answer(uploadFalseSignature).response as { failures: { [user: string]: JsonObject } };
      expect(failures[played.userId("ann")]?.[played.text("device")]).to.include({ errcode: "M_INVALID_SIGNATURE" });
      expect(played.title(uploadFalseSignature)).to.equal("ann uploads a signature that does not hold");
    });
  });
});
