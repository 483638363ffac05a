import { claimedAsUploaded, claimedOne } from "../../../src/checks/encryption/claimed-keys.js";
import { curveKeys, deviceKeysBody, plainDeviceKeys } from "../../../src/client/device-keys.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { specServer } from "../../support/exchanges.js";
import { describeCheck, INSTANCE, type JudgedStory } from "../../support/judged-story.js";

const ALICE = INSTANCE.cast.alice?.userId ?? "";
const given = { "of-user": "alice", device: "desk" };
const keys = plainDeviceKeys(ALICE, "DESK", (length) => new Uint8Array(length).fill(7));
const oneTime = (fill: number) => curveKeys(keys, ["k1"], (length) => new Uint8Array(length).fill(fill));
const unsigned = { "signed_curve25519:k1": { key: (oneTime(1)["signed_curve25519:k1"] as JsonObject).key ?? "" } };

function uploads(story: JudgedStory, body: JsonObject): void {
  const target = "/_matrix/client/v3/keys/upload";
  story.exchange({ kind: "client", from: specServer(ALICE), method: "POST", target, body, answer: {} });
}

const claimed = (answer: JsonObject) => (story: JudgedStory) => {
  story.bind("desk", { kind: "text", value: "DESK" });
  uploads(story, { device_keys: deviceKeysBody(keys, (length) => new Uint8Array(length).fill(7)) });
  uploads(story, { one_time_keys: oneTime(1) });
  const one_time_keys = { [ALICE]: { DESK: answer } };
  story.answer({ method: "POST", target: "/_matrix/federation/v1/user/keys/claim", answer: { one_time_keys } });
};

describe("checks/claimed-keys", () => {
  describeCheck(claimedAsUploaded, [
    ["the uploaded key", claimed(oneTime(1)), given, true, /as uploaded, rightly signed$/],
    ["another key", claimed(oneTime(2)), given, false, /another than uploaded/],
    ["without its signature", claimed(unsigned), given, false, /without a signature that holds$/],
    [
      "the key with a number that has no canonical form",
      claimed({ "signed_curve25519:k1": { ...(oneTime(1)["signed_curve25519:k1"] as JsonObject), more: 1.5 } }),
      given,
      false,
      /another than uploaded.*without a signature/,
    ],
    ["no key", claimed({}), given, false, "200 without a key"],
    [
      "the second upload of a name, where the first is wanted",
      (story) => {
        claimed(oneTime(2))(story);
        uploads(story, { one_time_keys: oneTime(2) });
      },
      { ...given, first: true },
      false,
      /another than uploaded/,
    ],
    [
      "a key that nobody uploaded",
      claimed({ "signed_curve25519:k9": {} }),
      given,
      "unknown",
      "no upload of signed_curve25519:k9 was recorded",
    ],
  ]);

  describeCheck(claimedOne, [
    ["one", claimed(oneTime(1)), given, true, "signed_curve25519:k1"],
    ["two", claimed({ ...oneTime(1), "signed_curve25519:k2": {} }), given, false, /k1, .*k2/],
    ["none", claimed({}), given, false, "none"],
  ]);
});
