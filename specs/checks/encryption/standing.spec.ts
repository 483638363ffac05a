import type { Check } from "../../../src/checks/define.js";
import { deviceStands, holdsTrueKeys, sameEmoji, userStands } from "../../../src/checks/encryption/standing.js";
import { CryptoDevice } from "../../../src/client/crypto-device.js";
import { confirmUser, makeIdentity } from "../../../src/client/identity.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { CastUser, StepContext } from "../../../src/steps/context.js";
import { keepDevice } from "../../../src/steps/encryption/crypto-devices.js";
import { describeCheck, expectFinding, INSTANCE, JudgedStory } from "../../support/judged-story.js";
import { deadline, PASSWORD, ServedFederation } from "../../support/users-of-homeservers.js";

const instance = { instance: INSTANCE } as StepContext;

describe("checks/standing", () => {
  let served: ServedFederation;
  let alice: CryptoDevice;
  let bob: CryptoDevice;

  const found = (check: Check, given: JsonObject) => {
    const story = new JudgedStory().bind("desk", { kind: "text", value: bob.client.deviceId });
    const input = { as: "alice", "of-user": "bob", within: "300ms", ...given };
    return story.observed(check, input, { user: () => ({ userId: bob.client.userId }) as CastUser });
  };

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    await served.server("two.test");
    alice = await CryptoDevice.create(await served.user("alice:one.test"), deadline());
    bob = await CryptoDevice.create(await served.user("bob:two.test"), deadline());
    await served.roomOf(alice.client, bob.client);
    keepDevice(instance, "alice", alice);
    keepDevice(instance, "bob", bob);
  });

  afterEach(async () => {
    alice.close();
    bob.close();
    await served.stop();
  });

  it("device-stands and user-stands: from unsigned to verified", async () => {
    const desk = { "of-device": "desk" };
    expectFinding(await found(deviceStands, { ...desk, is: "unsigned" }), true, "it is unsigned");
    expectFinding(await found(deviceStands, { ...desk, is: "verified" }), false, "it is unsigned");
    expectFinding(await found(userStands, { is: "none" }), true, "it is none");
    await makeIdentity(alice, PASSWORD, deadline());
    await makeIdentity(bob, PASSWORD, deadline());
    expectFinding(await found(deviceStands, { ...desk, is: "signed", "as-told": true }), true, "it is signed");
    expectFinding(await found(userStands, { is: "verified" }), false, "it is unverified");
    await confirmUser(alice, bob.client.userId, deadline());
    expectFinding(await found(userStands, { is: "verified" }), true, "it is verified");
    expectFinding(await found(deviceStands, { ...desk, is: "verified" }), true, "it is verified");
    await makeIdentity(bob, PASSWORD, deadline());
    expectFinding(await found(userStands, { is: "changed" }), true, "it is changed");
    expectFinding(new JudgedStory().judge(userStands, { is: "changed" }), "unknown", "nobody looked");
  });

  it("holds-true-keys: those that the device made, and no others", async () => {
    expectFinding(await found(holdsTrueKeys, {}), true, "it is right");
    const stranger = { client: bob.client, identityKeys: { curve25519: "x", ed25519: "y" } };
    keepDevice(instance, "bob", stranger as CryptoDevice);
    expectFinding(await found(holdsTrueKeys, {}), false, "it is wrong");
  });

  const shown = (first: string, second: string) => (story: JudgedStory) => story.observe("emoji", { first, second });
  describeCheck(sameEmoji, [
    ["the same seven", shown("1 2 3 4 5 6 7", "1 2 3 4 5 6 7"), {}, true, "the same"],
    ["others", shown("1 2 3 4 5 6 7", "1 2 3 4 5 6 8"), {}, false, "different ones"],
    ["too few", shown("1 2", "1 2"), {}, false, "the same"],
    ["none", () => undefined, {}, "unknown", "no emoji were shown"],
  ]);
});
