import { expect } from "chai";
import type { ClientUser } from "../../../src/client/client-user.js";
import { CryptoDevice } from "../../../src/client/crypto-device.js";
import { confirmUser, makeIdentity } from "../../../src/client/identity.js";
import { clientPath } from "../../../src/client/paths.js";
import { deviceListIn, type SyncBatch, toDeviceIn } from "../../../src/client/sync-batch.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { deadline, PASSWORD, ServedFederation } from "../../support/users-of-homeservers.js";

const upload = clientPath("keys", "upload");

describe("client API: keys and devices", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  let bob: ClientUser;

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    await served.server("two.test");
    ann = await served.user("ann:one.test");
    bob = await served.user("bob:two.test");
  });

  afterEach(() => served.stop());

  const claim = (user: ClientUser, algorithm = "a") =>
    bob.expectObject("POST", clientPath("keys", "claim"), {
      one_time_keys: { [user.userId]: { [user.deviceId]: algorithm } },
    });

  it("never gives a one-time key out twice, also to claims at the same time", async () => {
    const keys = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`a:${at}`, `key ${at}`]));
    await ann.expectObject("POST", upload, { one_time_keys: keys });
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(ann)));
    const ids = answers.flatMap((answer) =>
      Object.keys(
        (answer.one_time_keys as { [u: string]: { [d: string]: JsonObject } })[ann.userId]?.[ann.deviceId] ?? {},
      ),
    );
    expect([...ids].sort()).to.deep.equal(Object.keys(keys).sort());
    await ann.expectObject("POST", upload, { one_time_keys: keys });
    expect((await claim(ann)).one_time_keys).to.deep.equal({});
  });

  it("counts one-time keys and lists unused fallback types in sync, and tells of a claim at once", async () => {
    const counts = await ann.expectObject("POST", upload, {
      one_time_keys: { "a:1": "x" },
      fallback_keys: { "a:f": "y" },
    });
    expect(counts.one_time_key_counts).to.include({ a: 1 });
    const first = await ann.sync();
    expect(first.body.device_one_time_keys_count).to.include({ a: 1 });
    expect(first.body.device_unused_fallback_key_types).to.deep.equal(["a"]);
    const next = ann.sync({ since: first.body.next_batch as string, timeoutMs: 5000 });
    await claim(ann);
    expect((await next).body.device_one_time_keys_count).to.not.have.property("a");
    await claim(ann);
    expect((await ann.sync()).body.device_unused_fallback_key_types).to.deep.equal([]);
  });

  it("refuses another one-time key under a known id, and keys that name another device", async () => {
    await ann.expectObject("POST", upload, { one_time_keys: { "a:1": "x" } });
    expect((await ann.request("POST", upload, { one_time_keys: { "a:1": "x" } })).status).to.equal(200);
    expect((await ann.request("POST", upload, { one_time_keys: { "a:1": "y" } })).status).to.equal(400);
    const foreign = { device_keys: { user_id: ann.userId, device_id: "OTHER" } };
    expect((await ann.request("POST", upload, foreign)).status).to.equal(400);
  });

  it("names servers that cannot be reached in failures", async () => {
    const answer = await bob.queryKeys(["@cam:gone.test", ann.userId]);
    expect(answer.failures).to.have.all.keys("gone.test");
    expect(answer.device_keys).to.deep.equal({});
  });

  it("tells of users who begin and cease to share an encrypted room", async () => {
    const roomId = await ann.createRoom({
      preset: "public_chat",
      initial_state: [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }],
    });
    await ann.syncNext(deadline());
    await bob.join(roomId, ["one.test"]);
    const listed = (list: "changed" | "left") => (batch: SyncBatch) => deviceListIn(batch, list).includes(bob.userId);
    await ann.waitForSync(listed("changed"), deadline());
    await bob.leave(roomId);
    await ann.waitForSync(listed("left"), deadline());
  });

  it("delivers to-device messages once, in order, a hundred at a time, across servers", async () => {
    for (let at = 0; at < 130; at += 1) {
      await bob.sendToDevice("m.test", { [ann.userId]: { [ann.deviceId]: { at } } });
    }
    const isLast = (message: JsonObject) => (message.content as JsonObject).at === 129;
    await ann.waitForSync((batch) => toDeviceIn(batch).some(isLast), deadline());
    const batches = ann.seen.map(toDeviceIn);
    expect(batches.flat().map(({ content }) => (content as JsonObject).at)).to.deep.equal(
      Array.from({ length: 130 }, (_, at) => at),
    );
    expect(Math.max(...batches.map((batch) => batch.length))).to.be.at.most(100);
    expect(Object.keys(batches.flat()[0] ?? {}).sort()).to.deep.equal(["content", "sender", "type"]);
  });

  describe("cross-signing", () => {
    const path = clientPath("keys", "device_signing", "upload");

    it("asks for the password to replace keys, not for the first or for the same ones", async () => {
      const device = await CryptoDevice.create(ann, deadline());
      await makeIdentity(device, PASSWORD, deadline());
      const uploads = served.exchanges.filter(({ target }) => target === path);
      expect(uploads.map(({ status }) => status)).to.deep.equal([200]);
      const same = JSON.parse(new TextDecoder().decode(uploads[0]?.requestBody)) as JsonObject;
      expect((await ann.request("POST", path, same)).status).to.equal(200);
      await makeIdentity(device, PASSWORD, deadline());
      device.close();
      const again = served.exchanges.filter(({ target }) => target === path).slice(2);
      expect(again.map(({ status }) => status)).to.deep.equal([401, 200]);
    });

    it("refuses keys without a master key and keys that it did not sign", async () => {
      const key = (usage: string, name: string) => ({
        user_id: ann.userId,
        usage: [usage],
        keys: { [`ed25519:${name}`]: name },
      });
      const orphan = await ann.request("POST", path, { self_signing_key: key("self_signing", "s") });
      expect(orphan).to.nested.include({ status: 400, "body.errcode": "M_MISSING_PARAM" });
      const unsigned = await ann.request("POST", path, {
        master_key: key("master", "m"),
        self_signing_key: key("self_signing", "s"),
      });
      expect(unsigned).to.nested.include({ status: 400, "body.errcode": "M_INVALID_SIGNATURE" });
    });

    it("takes no key that is called like one of the user's devices, and opens no device that is called like a key", async () => {
      const master = (name: string) => ({
        master_key: { user_id: ann.userId, usage: ["master"], keys: { [`ed25519:${name}`]: name } },
      });
      const taken = await ann.request("POST", path, master(ann.deviceId));
      expect(taken).to.nested.include({ status: 403, "body.errcode": "M_FORBIDDEN" });
      expect((await ann.request("POST", path, master("free"))).status).to.equal(200);
      const refused = await served.login("ann:one.test", "free").catch((error: unknown) => error);
      expect(refused).to.include({ status: 403, errcode: "M_FORBIDDEN" });
    });

    it("shows a signature on another's master key to its maker only", async () => {
      for (const user of [ann, bob]) {
        const device = await CryptoDevice.create(user, deadline());
        await makeIdentity(device, PASSWORD, deadline());
        if (user === bob) await confirmUser(device, ann.userId, deadline());
        device.close();
      }
      const signers = async (viewer: ClientUser) => {
        const masters = (await viewer.queryKeys([ann.userId])).master_keys as {
          [id: string]: { signatures: JsonObject };
        };
        return Object.keys(masters[ann.userId]?.signatures ?? {}).sort();
      };
      expect(await signers(bob)).to.deep.equal([ann.userId, bob.userId].sort());
      expect(await signers(ann)).to.deep.equal([ann.userId]);
    });
  });
});
