import { CryptoDevice } from "../../../src/client/crypto-device.js";
import { confirmUser, makeIdentity } from "../../../src/client/identity.js";
import { clientPath } from "../../../src/client/paths.js";
import { deviceListIn } from "../../../src/client/sync-batch.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { FaultCase, FaultyWorld } from "../../support/faulty-world.js";
import { deadline, PASSWORD } from "../../support/users-of-homeservers.js";

const BOB = "@bob:two.test";
const ANN = "@ann:one.test";

const deviceKeys = (user: string, device: string): JsonObject => ({
  user_id: user,
  device_id: device,
  algorithms: ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
  keys: { [`ed25519:${device}`]: "AAAA", [`curve25519:${device}`]: "BBBB" },
  signatures: { [user]: { [`ed25519:${device}`]: "CCCC" } },
});

const update = (user: string, device: string, streamId: number, more: JsonObject = {}): JsonObject => ({
  user_id: user,
  device_id: device,
  stream_id: streamId,
  prev_id: [],
  keys: deviceKeys(user, device),
  ...more,
});

const devicesOf = (answer: JsonObject, user: string): readonly string[] =>
  Object.keys((answer.device_keys as { [id: string]: JsonObject })[user] ?? {}).sort();

/** Ann's server has Bob's list, complete, with one device. */
async function withBobsList(world: FaultyWorld): Promise<void> {
  await world.post(world.bob, ["keys", "upload"], { device_keys: deviceKeys(BOB, world.bob.deviceId) });
  await world.seenByAnn();
  await world.ann.queryKeys([BOB]);
}

const resyncs = (world: FaultyWorld): number =>
  world.served.federation.carried.filter(
    ({ from, request }) => from === "one.test" && request.target.startsWith("/_matrix/federation/v1/user/devices/"),
  ).length;

async function withCrossSigning(world: FaultyWorld): Promise<CryptoDevice> {
  const device = await CryptoDevice.create(world.ann, deadline());
  await makeIdentity(device, PASSWORD, deadline());
  return device;
}

const queryAnn = (world: FaultyWorld) =>
  world.ask("POST", "user/keys/query", { device_keys: { [ANN]: [] } }) as Promise<JsonObject>;

export const DEVICE_LIST_CASES: readonly FaultCase[] = [
  {
    defect: "no-device-list-update",
    sound: ["Ann's telephone"],
    async observe(world) {
      await world.put(world.ann, ["devices", world.ann.deviceId], { display_name: "Ann's telephone" });
      const sent = await world.sent("m.device_list_update");
      return sent.flatMap((content) => content.device_display_name ?? []);
    },
  },
  {
    defect: "no-update-for-deleted-device",
    sound: [true],
    async observe(world) {
      const second = await world.served.login("ann:one.test", "SECOND");
      await world.post(second, ["logout"], {});
      return (await world.sent("m.device_list_update")).flatMap((content) => content.deleted ?? []);
    },
  },
  {
    defect: "no-update-for-renamed-device",
    sound: ["Ann's telephone"],
    async observe(world) {
      await world.put(world.ann, ["devices", world.ann.deviceId], { display_name: "Ann's telephone" });
      const sent = await world.sent("m.device_list_update");
      return sent.flatMap((content) => content.device_display_name ?? []);
    },
  },
  {
    defect: "no-update-for-new-server",
    sound: true,
    async observe(world) {
      const sent = await world.sent("m.device_list_update");
      return sent.some((content) => content.device_id === world.ann.deviceId);
    },
  },
  {
    defect: "device-list-wrong-prev-id",
    sound: true,
    async observe(world) {
      for (const name of ["a", "b", "c"])
        await world.put(world.ann, ["devices", world.ann.deviceId], { display_name: name });
      const chain = await world.sent("m.device_list_update");
      return chain
        .slice(1)
        .every((content, at) => JSON.stringify(content.prev_id) === JSON.stringify([chain[at]?.stream_id]));
    },
  },
  {
    defect: "no-resync-on-gap",
    sound: { before: 0, after: 1 },
    async observe(world) {
      await withBobsList(world);
      world.forge("m.device_list_update", update(BOB, "X1", 100), update(BOB, "X2", 101, { prev_id: [100] }));
      await world.seenByAnn();
      const before = resyncs(world);
      world.forge("m.device_list_update", update(BOB, "X3", 103, { prev_id: [102] }));
      await world.seenByAnn();
      await world.ann.queryKeys([BOB]);
      return { before, after: resyncs(world) };
    },
  },
  {
    defect: "ignores-deleted-device",
    sound: { with: ["X1"], without: [] },
    async observe(world) {
      await withBobsList(world);
      const known = async () => {
        await world.seenByAnn();
        return devicesOf(await world.ann.queryKeys([BOB]), BOB).filter((id) => id.startsWith("X"));
      };
      world.forge("m.device_list_update", update(BOB, "X1", 100));
      const before = await known();
      const { keys: _keys, ...gone } = update(BOB, "X1", 101, { prev_id: [100], deleted: true });
      world.forge("m.device_list_update", gone);
      return { with: before, without: await known() };
    },
  },
  {
    defect: "accepts-signing-key-from-wrong-server",
    sound: false,
    async observe(world) {
      await world.served.server("three.test");
      const cam = await world.served.user("cam:three.test");
      await cam.join(world.roomId, ["one.test"]);
      await world.seenByAnn();
      const before = world.ann.seen.length;
      world.forge("m.signing_key_update", { user_id: cam.userId });
      return (await world.seenByAnn())
        .slice(before)
        .some((batch) => deviceListIn(batch, "changed").includes(cam.userId));
    },
  },
  {
    defect: "accepts-device-list-from-wrong-server",
    sound: false,
    async observe(world) {
      await world.served.server("three.test");
      const cam = await world.served.user("cam:three.test");
      await cam.join(world.roomId, ["one.test"]);
      await world.seenByAnn();
      const before = world.ann.seen.length;
      world.forge("m.device_list_update", update(cam.userId, "FORGED", 100));
      return (await world.seenByAnn())
        .slice(before)
        .some((batch) => deviceListIn(batch, "changed").includes(cam.userId));
    },
  },
  {
    defect: "no-signing-key-update",
    sound: [ANN],
    async observe(world) {
      (await withCrossSigning(world)).close();
      const sent = await world.sent("m.signing_key_update");
      return [...new Set(sent.map((content) => content.user_id))];
    },
  },
  {
    defect: "drops-signing-key-update",
    sound: "new",
    async observe(world) {
      await withBobsList(world);
      const master = { user_id: BOB, usage: ["master"], keys: { "ed25519:new": "new" } };
      world.forge("m.signing_key_update", { user_id: BOB, master_key: master });
      await world.seenByAnn();
      const answer = await world.ann.queryKeys([BOB]);
      const found = (answer.master_keys as { [id: string]: { keys: JsonObject } })[BOB];
      return found?.keys["ed25519:new"];
    },
  },
  {
    defect: "leaks-user-signing-key",
    sound: { queried: false, sent: false },
    async observe(world) {
      (await withCrossSigning(world)).close();
      const sent = await world.sent("m.signing_key_update");
      return {
        queried: "user_signing_keys" in (await queryAnn(world)),
        sent: sent.some((content) => "user_signing_key" in content),
      };
    },
  },
  {
    defect: "leaks-others-signatures",
    sound: [ANN],
    async observe(world) {
      (await withCrossSigning(world)).close();
      const dora = await world.served.user("dora:one.test");
      const device = await CryptoDevice.create(dora, deadline());
      await makeIdentity(device, PASSWORD, deadline());
      await confirmUser(device, ANN, deadline());
      device.close();
      const master = ((await queryAnn(world)).master_keys as { [id: string]: { signatures: JsonObject } })[ANN];
      return Object.keys(master?.signatures ?? {}).sort();
    },
  },
];

export const KEY_CASES: readonly FaultCase[] = [
  {
    defect: "strips-device-signatures",
    sound: [ANN],
    async observe(world) {
      await world.post(world.ann, ["keys", "upload"], { device_keys: deviceKeys(ANN, world.ann.deviceId) });
      const devices = (await queryAnn(world)).device_keys as {
        [id: string]: { [id: string]: { signatures: JsonObject } };
      };
      return Object.keys(devices[ANN]?.[world.ann.deviceId]?.signatures ?? {});
    },
  },
  {
    defect: "keys-query-omits-device",
    sound: 2,
    async observe(world) {
      const second = await world.served.login("ann:one.test", "SECOND");
      for (const user of [world.ann, second]) {
        await world.post(user, ["keys", "upload"], { device_keys: deviceKeys(ANN, user.deviceId) });
      }
      return devicesOf(await queryAnn(world), ANN).length;
    },
  },
  { defect: "claims-key-twice", sound: [["a:1"], ["a:2"], []], observe: (world) => claims(world, ["1", "2"], 3) },
  { defect: "claims-keys-in-reverse", sound: [["a:1"], ["a:2"]], observe: (world) => claims(world, ["1", "2"], 2) },
  { defect: "ignores-fallback-key", sound: [["a:1"], ["a:f"]], observe: (world) => claims(world, ["1"], 2, "f") },
  { defect: "consumes-fallback-key", sound: [["a:f"], ["a:f"]], observe: (world) => claims(world, [], 2, "f") },
];

/** Uploads one-time keys one by one, then claims so many times over federation: the key ids that came back. */
async function claims(world: FaultyWorld, ids: readonly string[], times: number, fallback?: string): Promise<unknown> {
  for (const id of ids)
    await world.post(world.ann, ["keys", "upload"], { one_time_keys: { [`a:${id}`]: `key ${id}` } });
  if (fallback !== undefined) {
    await world.ann.expectObject("POST", clientPath("keys", "upload"), {
      fallback_keys: { [`a:${fallback}`]: "fallback" },
    });
  }
  const claimed: unknown[] = [];
  for (let time = 0; time < times; time += 1) {
    const answer = await world.ask("POST", "user/keys/claim", {
      one_time_keys: { [ANN]: { [world.ann.deviceId]: "a" } },
    });
    const users = (answer as { one_time_keys: { [user: string]: { [device: string]: JsonObject } } }).one_time_keys;
    claimed.push(Object.keys(users[ANN]?.[world.ann.deviceId] ?? {}));
  }
  return claimed;
}
