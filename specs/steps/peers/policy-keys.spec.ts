import { expect } from "chai";
import { policyKeyOf } from "../../../src/peer/policy-key.js";
import { behave } from "../../../src/steps/peers/peer-control.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { notePolicyKey } from "../../../src/steps/peers/policy-keys.js";
import { PEER } from "../../support/exchanges.js";
import { playhouse } from "../../support/play-steps.js";

describe("steps/policy-keys", () => {
  const house = playhouse();

  describe("note-policy-key", () => {
    it("names a key that the peer does not publish", async () => {
      const played = await house.play([
        [notePolicyKey, { id: "office", peer: "peer" }],
        [behave, { peer: "peer", as: "policy-server", with: { "room-version": "11" } }],
        [request, { by: "other", to: "peer", path: "/_matrix/key/v2/server" }],
      ]);
      const { kind, value } = played.bound("office");
      expect([kind, String(value)]).to.deep.equal(["policy-key", String(value)]);
      expect(JSON.stringify(played.answer(request).response)).not.to.include(String(value));
      expect(played.title(notePolicyKey)).to.equal("“office” is the key of the policy server peer");
    });

    it("is for peers", async () => {
      expect(await house.endOf([[notePolicyKey, { id: "office", peer: "one" }]])).to.include({ outcome: "error" });
    });
  });

  it("makes the same key each time, under the id of all policy keys", () => {
    expect(policyKeyOf(PEER.key)).to.deep.equal(policyKeyOf(PEER.key));
    expect(policyKeyOf(PEER.key).keyId).to.equal("ed25519:policy_server");
    expect(policyKeyOf(PEER.key).publicKey).not.to.equal(PEER.key.publicKey);
  });
});
