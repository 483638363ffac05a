import { BackupDecryptionKey, RoomId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { canonicalJson } from "../matrix/canonical-json.js";
import { isJsonObject, type JsonObject } from "../matrix/json.js";
import type { CryptoDevice } from "./crypto-device.js";
import { sendCryptoRequest } from "./crypto-requests.js";
import { clientPath } from "./paths.js";

/** Makes a backup of every room key that the device has; the private key that reads it, in base64 (client-server-api#server-side-key-backups). */
export async function backUpRoomKeys(device: CryptoDevice, signal: AbortSignal): Promise<string> {
  const { client, machine } = device;
  const key = BackupDecryptionKey.createRandomKey();
  const { algorithm, publicKeyBase64: publicKey } = key.megolmV1PublicKey;
  const signatures = JSON.parse((await machine.sign(canonicalJson({ public_key: publicKey }))).asJSON()) as JsonObject;
  const body = { algorithm, auth_data: { public_key: publicKey, signatures } };
  const version = await client.expectText("version", "POST", clientPath("room_keys", "version"), body, signal);
  const secret = key.toBase64();
  await machine.enableBackupV1(publicKey, version);
  await machine.saveBackupDecryptionKey(key, version);
  await uploadRoomKeys(device, signal);
  return secret;
}

/** Uploads the room keys that are not in the backup yet. */
async function uploadRoomKeys({ client, machine }: CryptoDevice, signal: AbortSignal): Promise<void> {
  for (let request = await machine.backupRoomKeys(); request !== undefined; ) {
    await sendCryptoRequest(client, machine, request, signal);
    request = await machine.backupRoomKeys();
  }
}

/** Takes every room key out of the backup; how many there were. Rejects with `ClientError` where one cannot be read. */
export async function restoreRoomKeys(device: CryptoDevice, secret: string, signal: AbortSignal): Promise<number> {
  const { client, machine } = device;
  const versionPath = clientPath("room_keys", "version");
  const version = await client.expectUsable("GET", versionPath, undefined, versionIn, signal);
  const path = `${clientPath("room_keys", "keys")}?version=${encodeURIComponent(version)}`;
  const key = BackupDecryptionKey.fromBase64(secret);
  const found = await client.expectUsable("GET", path, undefined, (answer) => sessionsIn(answer, key), signal);
  const { importedCount } = await machine.importBackedUpRoomKeys(found, () => undefined, version);
  return importedCount;
}

function versionIn({ version }: JsonObject): string {
  if (typeof version !== "string") throw new Error('"version" is no text');
  return version;
}

function sessionsIn({ rooms }: JsonObject, key: BackupDecryptionKey): Map<RoomId, Map<string, JsonObject>> {
  return new Map(
    Object.entries(isJsonObject(rooms) ? rooms : {}).map(([roomId, room]) => [
      new RoomId(roomId),
      sessionsOfRoom(room, key),
    ]),
  );
}

function sessionsOfRoom(room: unknown, key: BackupDecryptionKey): Map<string, JsonObject> {
  const sessions = isJsonObject(room) ? room.sessions : undefined;
  return new Map(
    Object.entries(isJsonObject(sessions) ? sessions : {}).map(([sessionId, entry]) => {
      const data = isJsonObject(entry) ? entry.session_data : undefined;
      const { ephemeral, mac, ciphertext } = isJsonObject(data) ? data : {};
      const plain = key.decryptV1(String(ephemeral), String(mac), String(ciphertext));
      return [sessionId, JSON.parse(plain) as JsonObject];
    }),
  );
}
