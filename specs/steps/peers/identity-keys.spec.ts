import { expect } from "chai";
import { decodeBase64 } from "../../../src/matrix/base64.js";
import { isJsonObject, type JsonObject } from "../../../src/matrix/json.js";
import { checkSignature } from "../../../src/matrix/signing.js";
import { askServer } from "../../../src/steps/asking/asking.js";
import { forge } from "../../../src/steps/forging/forge.js";
import { makeIdentityKey } from "../../../src/steps/peers/identity-keys.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { createRoom } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/identity-keys", () => {
  const house = playhouse();
  const pias: Call = [createRoom, { as: "pia", id: "room" }];
  const invite = (by: string): Call => [
    forge,
    {
      room: "room",
      events: {
        asked: {
          by: "pia",
          state: "m.room.member",
          key: "${bob}",
          content: { membership: "invite", third_party_invite: { signed: { mxid: "${bob}", token: "t" } } },
          vouched: [{ at: "/third_party_invite/signed", by }],
        },
      },
    },
  ];

  describe("make-identity-key", () => {
    it("makes a key that stands for its public part, and signs what forged events are vouched for", async () => {
      const played = await house.play([pias, [makeIdentityKey, { id: "identity" }], invite("identity")]);
      const publicKey = String(played.bound("identity").value);
      const invitation = played.pdu("asked").content.third_party_invite;
      const signed = isJsonObject(invitation) ? invitation.signed : undefined;
      expect(checkSignature(signed as JsonObject, "identity.test", "ed25519:0", publicKey)).to.equal(true);
      expect(signed).to.deep.include({ mxid: played.userId("bob"), token: "t" });
      expect(played.title(makeIdentityKey)).to.equal("An identity server has the key “identity”");
    });

    it("signs objects within requests of peers and clients, in lists too", async () => {
      const body = { invites: [{ signed: { mxid: "${bob}", token: "t" } }] };
      const vouched = [{ at: "/invites/0/signed", by: "identity" }];
      const asks = { by: "peer", to: "one", method: "PUT", path: "/_matrix/federation/v1/3pid/onbind" };
      const played = await house.play([
        [makeIdentityKey, { id: "identity" }],
        [request, { ...asks, signed: false, body, vouched }],
        [askServer, { as: "ann", method: "POST", path: "/search", body, vouched }],
      ]);
      const publicKey = String(played.bound("identity").value);
      for (const step of [request, askServer]) {
        const { invites } = played.answer(step).request as { invites: readonly { signed: JsonObject }[] };
        const signed = invites[0]?.signed ?? {};
        expect(checkSignature(signed, "identity.test", "ed25519:0", publicKey)).to.equal(true);
        expect(signed).to.include({ mxid: played.userId("bob") });
      }
    });

    it("spells the public key for URLs where that makes a difference", async () => {
      const played = await house.play([
        pias,
        [makeIdentityKey, { id: "identity", spelling: "url-safe" }],
        invite("identity"),
      ]);
      const spelled = String(played.bound("identity").value);
      expect(spelled).to.match(/[-_]/);
      expect(decodeBase64(spelled).length).to.equal(32);
    });

    it("vouches with keys that were made, and for objects that are there", async () => {
      expect(await house.endOf([pias, invite("nobodys")])).to.include({ outcome: "error" });
    });
  });
});
