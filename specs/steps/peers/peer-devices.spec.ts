import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { checkSignature } from "../../../src/matrix/signing.js";
import { behave } from "../../../src/steps/peers/peer-control.js";
import { announceCrossSigning, announceDevice, listDevices } from "../../../src/steps/peers/peer-devices.js";
import { request } from "../../../src/steps/peers/peer-requests.js";
import { below } from "../../support/below.js";
import { type Call, playhouse } from "../../support/play-steps.js";
import type { Said } from "../../support/played.js";

describe("steps/peer-devices", () => {
  const house = playhouse();
  const announces = (more: JsonObject = {}): Call => [
    announceDevice,
    { as: "pia", to: "one", device: "PHONE", stream: 7, prev: [6], ...more },
  ];
  const lists = (more: JsonObject = {}): Call => [
    listDevices,
    { as: "pia", stream: 9, devices: { PHONE: "Pia's phone" }, ...more },
  ];
  const identifies = (more: JsonObject = {}): Call => [
    announceCrossSigning,
    { as: "pia", to: "one", id: "master", ...more },
  ];
  const asksDevices: Call = [request, { by: "other", to: "peer", path: "/_matrix/federation/v1/user/devices/${pia}" }];
  const asksKeys: Call = [
    request,
    {
      by: "other",
      to: "peer",
      method: "POST",
      path: "/_matrix/federation/v1/user/keys/query",
      body: { device_keys: { "${pia}": [] } },
    },
  ];
  const refuses: Call = [
    behave,
    { peer: "other", as: "canned-answer", with: { endpoint: "send", status: 403, body: {} } },
  ];
  const edusOf = ({ request: { edus } }: Said) => edus as { edu_type: string; content: JsonObject }[];
  const publicKey = (key: JsonObject) => String(Object.values(below(key, "keys"))[0]);

  describe("list-devices", () => {
    it("has the peer answer with devices, whose keys they signed, on both endpoints", async () => {
      const played = await house.play([lists({ devices: { PHONE: "Pia's phone", DESK: "Desk" } }), asksDevices]);
      const pia = played.userId("pia");
      const { response } = played.answer(request);
      expect(response).to.include({ user_id: pia, stream_id: 9 });
      const devices = response.devices as { device_id: string; device_display_name: string; keys: JsonObject }[];
      expect(devices.map(({ device_id: id, device_display_name: name }) => [id, name])).to.deep.equal([
        ["PHONE", "Pia's phone"],
        ["DESK", "Desk"],
      ]);
      for (const { device_id: id, keys } of devices) {
        expect(checkSignature(keys, pia, `ed25519:${id}`, String(below(keys, "keys")[`ed25519:${id}`]))).to.equal(true);
      }
      expect(played.title(listDevices)).to.equal("pia's server says, when asked, that pia has PHONE, DESK (stream 9)");
      const queried = await house.play([lists(), asksKeys]);
      const shown = below(queried.answer(request).response, "device_keys", queried.userId("pia"), "PHONE");
      expect(shown).to.deep.include({ device_id: "PHONE", unsigned: { device_display_name: "Pia's phone" } });
    });

    it("shows the cross-signing keys that were announced", async () => {
      const played = await house.play([identifies(), lists({ master: "master" }), asksDevices, asksKeys]);
      const [whole] = played.sent(/\/user\/devices\//);
      expect(publicKey(below(whole?.response, "master_key"))).to.equal(played.text("master"));
      const queried = played.answer(request).response;
      const pia = played.userId("pia");
      expect(publicKey(below(queried, "master_keys", pia))).to.equal(played.text("master"));
      expect(below(queried, "self_signing_keys", pia)).to.deep.equal(below(whole?.response, "self_signing_key"));
    });

    it("knows those keys by name, and is for users of peers", async () => {
      const end = await house.endOf([lists({ master: "master" })]);
      expect(end).to.include({ outcome: "error", reason: "Error: master is not bound by announce-cross-signing" });
      expect(await house.endOf([lists({ as: "ann" })])).to.include({ outcome: "error" });
    });
  });

  describe("announce-device", () => {
    it("tells of a device, with the same keys whenever it is spoken of", async () => {
      const played = await house.play([announces({ name: "Pia's phone" }), lists(), asksDevices]);
      const said = played.answer(announceDevice);
      expect(said).to.include({ from: played.serverName("peer"), to: played.serverName("one"), status: 200 });
      const [listed] = played.answer(request).response.devices as { keys: JsonObject }[];
      expect(edusOf(said)).to.deep.equal([
        {
          edu_type: "m.device_list_update",
          content: {
            user_id: played.userId("pia"),
            device_id: "PHONE",
            stream_id: 7,
            prev_id: [6],
            device_display_name: "Pia's phone",
            keys: listed?.keys,
          },
        },
      ]);
      expect(played.title(announceDevice)).to.equal("pia's server tells one that pia's device PHONE has changed");
    });

    it("tells that one is gone, and lies about another server's user, where told", async () => {
      const gone = await house.play([announces({ deleted: true })]);
      const [edu] = edusOf(gone.answer(announceDevice));
      expect(edu?.content).to.include({ deleted: true });
      expect(edu?.content).not.to.have.property("keys");
      const lie = await house.play([announces({ by: "other" })]);
      expect(lie.answer(announceDevice).from).to.equal(lie.serverName("other"));
      expect(lie.title(announceDevice)).to.equal("other tells one that pia's device PHONE has changed");
    });

    it("fails when it is refused, charged to the receiver", async () => {
      const end = await house.endOf([refuses, announces({ to: "other" })]);
      expect(end).to.include({ outcome: "failed", owedBy: "other" });
    });
  });

  describe("announce-cross-signing", () => {
    it("sends fresh keys, the second signed by the first, and binds the master key", async () => {
      const played = await house.play([identifies()]);
      const [edu] = edusOf(played.answer(announceCrossSigning));
      const [pia, master] = [played.userId("pia"), played.text("master")];
      expect(edu).to.deep.include({ edu_type: "m.signing_key_update" });
      expect(edu?.content).to.include({ user_id: pia });
      expect(publicKey(below(edu?.content, "master_key"))).to.equal(master);
      const selfSigning = below(edu?.content, "self_signing_key");
      expect(checkSignature(selfSigning, pia, `ed25519:${master}`, master)).to.equal(true);
      expect(played.title(announceCrossSigning)).to.equal("pia's server tells one that pia has new cross-signing keys");
    });

    it("sends them from another peer where told", async () => {
      const played = await house.play([identifies({ by: "other" })]);
      expect(played.answer(announceCrossSigning).from).to.equal(played.serverName("other"));
    });

    it("fails when it is refused, charged to the receiver", async () => {
      const end = await house.endOf([refuses, identifies({ to: "other" })]);
      expect(end).to.include({ outcome: "failed", owedBy: "other" });
    });
  });
});
