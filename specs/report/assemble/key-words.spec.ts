import { expect } from "chai";
import { keyWords } from "../../../src/report/assemble/key-words.js";
import { type ExchangeDraft, specExchange } from "../../support/exchanges.js";

const words = (draft: ExchangeDraft) => keyWords(specExchange({ method: "POST", ...draft }));
const ALICE = "@alice:one.test";

describe("report/assemble/key-words", () => {
  it("names uploaded devices and keys by their ids, never the keys", () => {
    const body = {
      device_keys: { device_id: "DESK", keys: { "curve25519:DESK": "PUBLICHALF" } },
      one_time_keys: { "signed_curve25519:k1": { key: "MATERIAL" }, "signed_curve25519:k2": { key: "MATERIAL" } },
      fallback_keys: { "signed_curve25519:r": { key: "MATERIAL" } },
    };
    const said = words({ target: "/_matrix/client/v3/keys/upload", body });
    expect(said).to.match(/^device DESK, one-time keys signed_curve25519:k1, signed_curve25519:k2/);
    expect(said).not.to.match(/PUBLICHALF|MATERIAL/);
  });

  it("shortens the ids of cross-signing keys, which are the keys themselves", () => {
    const id = `ed25519:${"A".repeat(43)}`;
    const body = { master_key: { keys: { [id]: "A".repeat(43) } } };
    const said = words({ target: "/_matrix/client/v3/keys/device_signing/upload", body });
    expect(said).to.equal("master ed25519:AAAAAAAA…");
  });

  it("says which key was claimed, which devices are known and to which a message goes", () => {
    const claimed = { one_time_keys: { [ALICE]: { DESK: { "signed_curve25519:k1": { key: "MATERIAL" } } } } };
    expect(words({ target: "/_matrix/federation/v1/user/keys/claim", answer: claimed })).to.equal(
      "signed_curve25519:k1 of DESK",
    );
    const queried = { device_keys: { [ALICE]: { DESK: {}, PHONE: {} } }, master_keys: { [ALICE]: {} } };
    expect(words({ target: "/_matrix/client/v3/keys/query", answer: queried })).to.equal("DESK, PHONE with identity");
    const body = { messages: { [ALICE]: { DESK: {}, PHONE: {}, TABLET: {}, CAR: {} } } };
    expect(words({ target: "/_matrix/client/v3/sendToDevice/m.room.encrypted/1", body })).to.equal(
      "to DESK, PHONE, TABLET and 1 more",
    );
  });

  it("says what a transaction carries about devices, and nothing of other exchanges", () => {
    const edus = [
      { edu_type: "m.direct_to_device", content: { type: "m.room.encrypted", messages: { [ALICE]: { DESK: {} } } } },
      { edu_type: "m.device_list_update", content: { device_id: "PHONE" } },
      { edu_type: "m.typing", content: {} },
    ];
    const target = "/_matrix/federation/v1/send/1";
    expect(words({ target, body: { edus } })).to.equal("m.room.encrypted to DESK, device PHONE");
    expect(words({ target, body: { pdus: [] } })).to.equal(undefined);
    expect(words({ target: "/_matrix/federation/v1/version" })).to.equal(undefined);
  });
});
