import { deviceKeysBecome, keysAsUploaded, selfSigned } from "../../../src/checks/encryption/device-keys.js";
import type { ClientUser } from "../../../src/client/client-user.js";
import { crossSigningKeys, signedKeyObject } from "../../../src/client/cross-signing-keys.js";
import { deviceKeysBody, plainDeviceKeys } from "../../../src/client/device-keys.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { signJson } from "../../../src/matrix/signing.js";
import type { CastUser } from "../../../src/steps/context.js";
import { describeCheck, expectFinding, INSTANCE, JudgedStory } from "../../support/judged-story.js";

const ALICE = INSTANCE.cast.alice?.userId ?? "";
const random = (length: number) => new Uint8Array(length).fill(7);
const uploaded = deviceKeysBody(plainDeviceKeys(ALICE, "DESK", random), random);
const crossSigning = crossSigningKeys(ALICE, random);
const selfSigning = { [ALICE]: signedKeyObject(crossSigning, "self_signing") };
const bySelfSigning = signJson(uploaded, ALICE, crossSigning.selfSigning);

const given = { "of-user": "alice", device: "desk" };
const shows = (keys: JsonObject) => ({ device_keys: { [ALICE]: { DESK: keys } } });

function answered(story: JudgedStory, answer: JsonObject, upload: JsonObject | undefined = uploaded): void {
  story.bind("desk", { kind: "text", value: "DESK" });
  if (upload !== undefined)
    story.exchange({
      kind: "client",
      method: "POST",
      target: "/_matrix/client/v3/keys/upload",
      body: { device_keys: upload },
      answer: {},
    });
  story.answer({ method: "POST", target: "/_matrix/federation/v1/user/keys/query", answer });
}

const tell = (answer: JsonObject) => (story: JudgedStory) => answered(story, answer);

describe("checks/device-keys", () => {
  const named = { ...bySelfSigning, unsigned: { device_display_name: "Desk" } };
  describeCheck(keysAsUploaded, [
    ["the same, with a name and one more signature", tell(shows(named)), given, true, "the same keys, rightly signed"],
    [
      "an added member",
      tell(shows({ ...uploaded, more: 1 })),
      given,
      false,
      "other keys, without a signature that holds",
    ],
    [
      "a number that has no canonical form",
      tell(shows({ ...uploaded, more: 1.5 })),
      given,
      false,
      "other keys, without a signature that holds",
    ],
    ["no signatures", tell(shows({ ...uploaded, signatures: {} })), given, false, /^the same keys, without/],
    ["no such device", tell({ device_keys: {} }), given, false, "200 without that device"],
    [
      "no upload",
      (story) => {
        story.bind("desk", { kind: "text", value: "DESK" });
        story.answer({ target: "/_matrix/federation/v1/user/keys/query", answer: shows(uploaded) });
      },
      given,
      "unknown",
      "no upload of these keys was recorded",
    ],
  ]);

  describeCheck(selfSigned, [
    ["signed", tell({ ...shows(bySelfSigning), self_signing_keys: selfSigning }), given, true, "the signature holds"],
    [
      "not signed",
      tell({ ...shows(uploaded), self_signing_keys: selfSigning }),
      given,
      false,
      "no such signature holds",
    ],
    ["no self-signing key", tell(shows(bySelfSigning)), given, false, "200 without the device or the key"],
  ]);

  /** A client whose server gives one answer after the other, and news by sync before each but the first. */
  function clientOf(answers: readonly JsonObject[]): ClientUser {
    let asked = 0;
    const client: Pick<ClientUser, "seen" | "request" | "syncNext"> = {
      seen: [{ exchangeId: "x1", body: {} }],
      async request() {
        const body = answers[Math.min(asked, answers.length - 1)];
        asked += 1;
        return { status: 200, body, exchangeId: `x${asked}` };
      },
      syncNext: (signal) =>
        new Promise((resolve, reject) => {
          if (asked < answers.length) resolve();
          signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        }),
    };
    return client as ClientUser;
  }

  const become = (wanted: JsonObject, ...answers: readonly JsonObject[]) => {
    const client = clientOf(answers);
    const story = new JudgedStory().bind("desk", { kind: "text", value: "DESK" });
    return story.observed(
      deviceKeysBecome,
      { as: "bob", "of-user": "alice", within: "20ms", ...wanted },
      { client: () => client, user: () => ({ userId: ALICE }) as CastUser },
    );
  };

  it("device-keys-become: asks until the answer is right, or the time is over", async () => {
    const wanted = { devices: ["${desk}"] };
    expectFinding(await become(wanted, {}, shows(uploaded)), true, /"DESK"/);
    expectFinding(await become(wanted, {}), false, /"devices":\[\]/);
    const more = { device_keys: { [ALICE]: { DESK: uploaded, SPY: uploaded } } };
    expectFinding(await become(wanted, more), false, /"SPY"/);
  });

  it("device-keys-become: names and the master key", async () => {
    expectFinding(await become({ names: { DESK: "Desk" } }, shows(named)), true, /"Desk"/);
    expectFinding(await become({ names: { DESK: "Desk" } }, shows(uploaded)), false, /null/);
    expectFinding(
      await become({ master: "desk" }, { master_keys: { [ALICE]: { keys: { a: "DESK" } } } }),
      true,
      /DESK/,
    );
    expectFinding(await become({ master: "desk" }, {}), false, /null/);
    expectFinding(new JudgedStory().judge(deviceKeysBecome, { "of-user": "alice" }), "unknown", "no answer was had");
  });
});
