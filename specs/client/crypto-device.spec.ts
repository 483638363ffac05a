import { expect } from "chai";
import type { ClientUser } from "../../src/client/client-user.js";
import { CryptoDevice } from "../../src/client/crypto-device.js";
import { makeIdentity } from "../../src/client/identity.js";
import { deviceListIn, timelineIn, toDeviceIn } from "../../src/client/sync-batch.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { failureOf, withAlteredAnswers } from "../support/altered-answers.js";
import { deadline, PASSWORD, ServedFederation } from "../support/users-of-homeservers.js";

describe("CryptoDevice", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  let bob: ClientUser;
  let roomId: string;
  const devices: CryptoDevice[] = [];

  const deviceOf = async (client: ClientUser): Promise<CryptoDevice> => {
    const device = await CryptoDevice.create(client, deadline());
    devices.push(device);
    return device;
  };

  const encryptedEvent = async (client: ClientUser, eventId: string): Promise<JsonObject> => {
    const isIt = (event: JsonObject) => event.event_id === eventId;
    const batch = await client.waitForSync((seen) => timelineIn(seen, roomId).some(isIt), deadline());
    const event = timelineIn(batch, roomId).find(isIt);
    if (event === undefined) throw new Error("the batch has no such event");
    return event;
  };

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    await served.server("two.test");
    ann = await served.user("ann:one.test");
    bob = await served.user("bob:two.test");
    roomId = await served.roomOf(ann, bob);
    await ann.sendState(roomId, "m.room.encryption", "", { algorithm: "m.megolm.v1.aes-sha2" });
  });

  afterEach(async () => {
    for (const device of devices.splice(0)) device.close();
    await served.stop();
  });

  it("carries an encrypted message to another server and an answer back, with no plaintext on the wire", async () => {
    const annsDevice = await deviceOf(ann);
    const bobsDevice = await deviceOf(bob);
    const everyone = [ann.userId, bob.userId];
    await annsDevice.shareRoomKey(roomId, everyone, deadline());
    const secret = { msgtype: "m.text", body: "the eagle lands at noon" };
    const sent = await annsDevice.sendEncrypted(roomId, "m.room.message", secret, deadline());
    const received = await encryptedEvent(bob, sent);
    await bobsDevice.waitForSync(
      (batch) => toDeviceIn(batch).some(({ type }) => type === "m.room.encrypted"),
      deadline(),
    );
    const decrypted = await bobsDevice.decrypt(roomId, received);
    expect(decrypted).to.deep.include({ ok: true, senderKey: annsDevice.identityKeys.curve25519 });
    expect(decrypted).to.have.deep.nested.property("event.content", secret);
    await bobsDevice.shareRoomKey(roomId, everyone, deadline());
    const answer = await bobsDevice.sendEncrypted(
      roomId,
      "m.room.message",
      { msgtype: "m.text", body: "seen" },
      deadline(),
    );
    await annsDevice.waitForSync((batch) => toDeviceIn(batch).length > 0, deadline());
    expect(await annsDevice.decrypt(roomId, await encryptedEvent(ann, answer))).to.have.nested.property(
      "event.content.body",
      "seen",
    );
    const wire = served.federation.carried.map(({ request }) => new TextDecoder().decode(request.body)).join("\n");
    expect(wire).to.include("m.room.encrypted").and.not.include("the eagle lands");
  });

  it("cannot decrypt without the room's key, says so, and can once the key has come", async () => {
    const annsDevice = await deviceOf(ann);
    const bobsDevice = await deviceOf(bob);
    await annsDevice.shareRoomKey(roomId, [ann.userId, bob.userId], deadline());
    const sent = await annsDevice.sendEncrypted(roomId, "m.room.message", { msgtype: "m.text", body: "x" }, deadline());
    const event = await encryptedEvent(bob, sent);
    expect(await bobsDevice.decrypt(roomId, event)).to.include({ ok: false, code: "MissingRoomKey", eventId: sent });
    expect(bobsDevice.undecryptable).to.have.length(1);
    await bobsDevice.waitForSync((batch) => toDeviceIn(batch).length > 0, deadline());
    expect(await bobsDevice.decrypt(roomId, event)).to.include({ ok: true });
    expect(bobsDevice.undecryptable).to.deep.equal([]);
  });

  it("reaches a second device that appears between two messages", async () => {
    const annsDevice = await deviceOf(ann);
    await deviceOf(bob);
    const everyone = [ann.userId, bob.userId];
    await annsDevice.shareRoomKey(roomId, everyone, deadline());
    await annsDevice.catchUp(deadline());
    await ann.syncNext(deadline());
    const before = ann.seen.length;
    const second = await served.login("bob:two.test");
    const secondDevice = await deviceOf(second);
    await annsDevice.waitForSync((batch) => deviceListIn(batch, "changed").includes(bob.userId), deadline(), before);
    await annsDevice.shareRoomKey(roomId, everyone, deadline());
    const sent = await annsDevice.sendEncrypted(
      roomId,
      "m.room.message",
      { msgtype: "m.text", body: "both" },
      deadline(),
    );
    const event = await encryptedEvent(second, sent);
    await secondDevice.waitForSync((batch) => toDeviceIn(batch).length > 0, deadline());
    expect(await secondDevice.decrypt(roomId, event)).to.have.nested.property("event.content.body", "both");
  });

  it("bootstraps cross-signing: the other server hands out the keys, the user-signing key not among them", async () => {
    const annsDevice = await deviceOf(ann);
    await makeIdentity(annsDevice, PASSWORD, deadline());
    const answer = await bob.queryKeys([ann.userId]);
    const users = Object.fromEntries(Object.entries(answer).map(([part, value]) => [part, Object.keys(value ?? {})]));
    expect(users).to.deep.include({
      master_keys: [ann.userId],
      self_signing_keys: [ann.userId],
      user_signing_keys: [],
      device_keys: [ann.userId],
    });
    const keys = answer.device_keys as {
      [user: string]: { [device: string]: { signatures: { [user: string]: object } } };
    };
    expect(Object.keys(keys[ann.userId]?.[ann.deviceId]?.signatures[ann.userId] ?? {})).to.have.length(2);
    expect(served.edus("one.test", "m.signing_key_update").at(-1))
      .to.include({ user_id: ann.userId })
      .and.not.have.property("user_signing_key");
  });

  const unusable: readonly (readonly [what: string, path: RegExp, answer: JsonObject])[] = [
    ["/keys/upload", /keys\/upload$/, { one_time_key_counts: { signed_curve25519: "many" } }],
    ["/keys/query", /keys\/query$/, { device_keys: [] }],
    ["/sync", /\/sync/, { next_batch: "1", device_lists: { changed: ["nobody"] } }],
  ];
  for (const [what, path, answer] of unusable) {
    it(`holds ${what} to be the server's fault where the answer cannot be used`, async () => {
      const client = withAlteredAnswers(ann, path, () => answer);
      const started = deviceOf(client).then((device) => device.track([bob.userId], deadline()));
      expect(await failureOf(started))
        .to.match(/^ClientError: .*gave what cannot be used/)
        .and.include(what);
    });
  }
});
