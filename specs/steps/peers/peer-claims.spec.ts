import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { uploadKeys } from "../../../src/steps/encryption/devices.js";
import { claimAll, claimAtOnce } from "../../../src/steps/peers/peer-claims.js";
import { behave } from "../../../src/steps/peers/peer-control.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/peer-claims", () => {
  const house = playhouse();
  const uploads: Call = [uploadKeys, { as: "ann", id: "device", "one-time": ["k1", "k2"] }];
  const claims = (more: JsonObject = {}): Call => [
    claimAtOnce,
    { by: ["peer", "other"], to: "one", of: "ann", device: "device", ids: ["first", "second"], ...more },
  ];

  describe("claim-at-once", () => {
    it("has each peer claim a key of the device, and binds what each was given", async () => {
      const played = await house.play([uploads, claims()]);
      const sent = played.sent(/\/user\/keys\/claim$/);
      expect(sent.map(({ from }) => from)).to.have.members([played.serverName("peer"), played.serverName("other")]);
      for (const { method, to, request, status } of sent) {
        expect([method, to, status]).to.deep.equal(["POST", played.serverName("one"), 200]);
        expect(request).to.deep.equal({
          one_time_keys: { [played.userId("ann")]: { [played.text("device")]: "signed_curve25519" } },
        });
      }
      expect([played.text("first"), played.text("second")]).to.have.members([
        "signed_curve25519:k1",
        "signed_curve25519:k2",
      ]);
      expect(played.title(claimAtOnce)).to.equal("peer, other claim one-time keys of ann at once");
    });

    it("binds `none` when no key is left", async () => {
      const last: Call = claims({ by: ["peer"], ids: ["third"] });
      const played = await house.play([uploads, claims(), last]);
      expect(played.text("third")).to.equal("none");
      expect(played.title(claimAtOnce)).to.equal("peer claims a one-time key of ann");
    });

    it("fails when a claim is refused, charged to the device's server", async () => {
      const refuses: Call = [
        behave,
        { peer: "other", as: "canned-answer", with: { endpoint: "user-keys-claim", status: 403, body: {} } },
      ];
      const end = await house.endOf([uploads, refuses, claims({ by: ["peer"], to: "other", ids: ["first"] })]);
      expect(end).to.include({ outcome: "failed", owedBy: "other", reason: "a claim was answered with 403" });
    });

    it("needs a name for each peer", async () => {
      const end = await house.endOf([uploads, claims({ ids: ["first"] })]);
      expect(end).to.include({ outcome: "error", reason: "Error: claim-at-once needs one name for each peer" });
    });
  });

  describe("claim-all", () => {
    const takes: Call = [claimAll, { by: "peer", to: "one", of: "ann", device: "device" }];

    it("claims until none is left", async () => {
      const played = await house.play([uploads, takes, claims({ by: ["other"], ids: ["last"] })]);
      expect(played.text("last")).to.equal("none");
      expect(played.title(claimAll)).to.equal("peer claims every one-time key of ann");
    });

    it("ends when the reserve key comes again", async () => {
      const played = await house.play([[uploadKeys, { ...uploads[1], fallback: "reserve" }], takes]);
      expect(played.sent(/\/user\/keys\/claim$/)).to.have.length(4);
    });

    it("fails when a claim is refused, charged to the device's server", async () => {
      const refuses: Call = [
        behave,
        { peer: "other", as: "canned-answer", with: { endpoint: "user-keys-claim", status: 403, body: {} } },
      ];
      const end = await house.endOf([uploads, refuses, [claimAll, { ...takes[1], to: "other" }]]);
      expect(end).to.include({ outcome: "failed", owedBy: "other" });
    });
  });
});
