import { loginOver, registerOver } from "../src/client/client-user.js";
import { CryptoDevice } from "../src/client/crypto-device.js";
import { HandlerConnection } from "../src/client/handler-connection.js";
import { type SyncBatch, timelineIn } from "../src/client/sync-batch.js";
import { isJsonObject } from "../src/matrix/json.js";
import { type Measurement, milliseconds } from "./measurement.js";
import { SmallWorld } from "./small-world.js";

const SERVERS = ["one.bench", "two.bench", "three.bench"];
const MESSAGES = 100;
const LIMIT_MS = 120_000;

/** Three users on three servers with two devices each: every message is to be decrypted on every device. */
export async function benchConversation(): Promise<Measurement[]> {
  const world = new SmallWorld();
  const signal = AbortSignal.timeout(LIMIT_MS);
  try {
    const devices = await openDevices(world, signal);
    const roomId = await openRoom(devices, signal);
    const start = performance.now();
    const decrypted = await talk(devices, roomId, signal);
    const took = performance.now() - start;
    const expected = MESSAGES * devices.length;
    if (decrypted !== expected) throw new Error(`${decrypted} of ${expected} messages were decrypted`);
    const how = `${MESSAGES} messages between 3 servers, real Olm and Megolm, ${devices.length} devices, each reads all`;
    return [
      { name: "encrypted conversation", value: milliseconds(took), unit: "ms", how },
      { name: "messages decrypted in it", value: decrypted, unit: "messages", how: `of ${expected}; undecryptable: 0` },
    ];
  } finally {
    world.stop();
  }
}

/** Two devices for one user of each server. */
async function openDevices(world: SmallWorld, signal: AbortSignal): Promise<readonly CryptoDevice[]> {
  const devices: CryptoDevice[] = [];
  for (const server of SERVERS) {
    const connection = new HandlerConnection(world.server(server).handleClient);
    const user = { localpart: "user", password: "of the bench", signal };
    for (const open of [registerOver, loginOver]) {
      devices.push(await CryptoDevice.create(await open(connection, user), signal));
    }
  }
  return devices;
}

async function openRoom(devices: readonly CryptoDevice[], signal: AbortSignal): Promise<string> {
  const [first, ...others] = devices.map(({ client }) => client);
  if (first === undefined) throw new Error("nobody is there");
  const roomId = await first.createRoom({ preset: "public_chat" }, signal);
  await first.sendState(roomId, "m.room.encryption", "", { algorithm: "m.megolm.v1.aes-sha2" }, signal);
  const strangers = new Map(others.filter(({ userId }) => userId !== first.userId).map((user) => [user.userId, user]));
  for (const user of strangers.values()) await user.join(roomId, [SERVERS[0] ?? ""], signal);
  for (const { client } of devices) await client.syncNext(signal);
  return roomId;
}

/** The devices write in turn, and every device reads each message before the next is written; how many were read. */
async function talk(devices: readonly CryptoDevice[], roomId: string, signal: AbortSignal): Promise<number> {
  const everybody = [...new Set(devices.map(({ client }) => client.userId))];
  let read = 0;
  for (let number = 0; number < MESSAGES; number += 1) {
    const writer = devices[number % devices.length];
    if (writer === undefined) continue;
    const body = `message ${number}`;
    await writer.catchUp(signal);
    await writer.shareRoomKey(roomId, everybody, signal);
    const sent = await writer.sendEncrypted(roomId, "m.room.message", { msgtype: "m.text", body }, signal);
    const reading = devices.map((device) => reads(device, roomId, { eventId: sent, body }, signal));
    read += (await Promise.all(reading)).filter((done) => done).length;
  }
  return read;
}

/** Whether the device comes to decrypt the message to what was written; its key may come after it. */
async function reads(
  device: CryptoDevice,
  roomId: string,
  { eventId, body }: { readonly eventId: string; readonly body: string },
  signal: AbortSignal,
): Promise<boolean> {
  const find = (batch: SyncBatch) => timelineIn(batch, roomId).find((event) => event.event_id === eventId);
  const event = find(await device.waitForSync((batch) => find(batch) !== undefined, signal));
  return device.untilSeen(async () => {
    const read = event === undefined ? undefined : await device.decrypt(roomId, event);
    if (read?.ok !== true) return undefined;
    return isJsonObject(read.event.content) && read.event.content.body === body;
  }, signal);
}
