import { DeviceId, OtherUserIdentity, type OwnUserIdentity, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { CryptoDevice } from "./crypto-device.js";
import { sendCryptoRequest } from "./crypto-requests.js";
import { clientPath } from "./paths.js";

/** How a device looks to another: not there, there, signed by its owner's cross-signing, and its owner confirmed besides. */
export type DeviceStanding = "unknown" | "unsigned" | "signed" | "verified";

/** How a user looks: without cross-signing, with it, confirmed, or with other keys than those that were confirmed. */
export type UserStanding = "none" | "unverified" | "verified" | "changed";

/** Makes cross-signing keys, the first or others, uploads them and signs this device with them; the public master key. */
export async function makeIdentity(device: CryptoDevice, password: string, signal: AbortSignal): Promise<string> {
  const { client, machine } = device;
  const requests = await machine.bootstrapCrossSigning(true);
  await device.flush(signal);
  const keys = JSON.parse(requests.uploadSigningKeysRequest.body) as JsonObject;
  await uploadSigningKeys(device, keys, password, signal);
  await sendCryptoRequest(client, machine, requests.uploadSignaturesRequest, signal);
  await device.track([client.userId], signal);
  return publicKeyIn(keys.master_key);
}

/** Signs another user's master key with this user's user-signing key; both must have cross-signing. */
export async function confirmUser(device: CryptoDevice, userId: string, signal: AbortSignal): Promise<void> {
  const identity = await identitySeen(device, userId, signal);
  await sendCryptoRequest(device.client, device.machine, await identity.verify(), signal);
}

/** Waits until the device has the user's cross-signing keys, asking for them after each sync. */
export async function identitySeen(
  device: CryptoDevice,
  userId: string,
  signal: AbortSignal,
): Promise<OwnUserIdentity | OtherUserIdentity> {
  await device.track([userId], signal);
  return device.untilSeen(async () => {
    await device.machine.markAllTrackedUsersAsDirty();
    await device.flush(signal);
    return identityOf(device, userId);
  }, signal);
}

/** The private cross-signing keys of a user, in unpadded base64. */
export interface CrossSigningSecrets {
  readonly master: string;
  readonly selfSigning: string;
  readonly userSigning: string;
}

/** Takes the user's private cross-signing keys and signs the own device; rejects with `ClientError` where the server shows other public ones, or not this device. */
export async function takeCrossSigningKeys(
  { client, machine }: CryptoDevice,
  { master, selfSigning, userSigning }: CrossSigningSecrets,
  signal: AbortSignal,
): Promise<void> {
  const { userId, deviceId } = client;
  const asked = { device_keys: { [userId]: [] } };
  // The machine compares with what its own query was told just before.
  const take = async () => {
    await machine.importCrossSigningKeys(master, selfSigning, userSigning);
    const own = await machine.getDevice(new UserId(userId), new DeviceId(deviceId));
    if (own === undefined) throw new Error(`${userId} does not find the own device ${deviceId}`);
    return own.verify();
  };
  const signatures = await client.expectUsable("POST", clientPath("keys", "query"), asked, take, signal);
  await sendCryptoRequest(client, machine, signatures, signal);
}

/** What this device makes of another, from the keys that its server has given it so far. */
export async function deviceStanding(device: CryptoDevice, userId: string, deviceId: string): Promise<DeviceStanding> {
  const other = await device.machine.getDevice(new UserId(userId), new DeviceId(deviceId));
  if (other === undefined) return "unknown";
  if (other.isCrossSigningTrusted()) return "verified";
  return other.isCrossSignedByOwner() ? "signed" : "unsigned";
}

/** What this device makes of another user. */
export async function userStanding(device: CryptoDevice, userId: string): Promise<UserStanding> {
  const identity = await identityOf(device, userId);
  if (identity === undefined) return "none";
  if (identity.hasVerificationViolation()) return "changed";
  if (identity instanceof OtherUserIdentity && identity.identityNeedsUserApproval()) return "changed";
  return identity.isVerified() ? "verified" : "unverified";
}

/** The keys that this device holds another to have, in unpadded base64; undefined when it knows none. */
export async function keysHeldOf(
  device: CryptoDevice,
  userId: string,
  deviceId: string,
): Promise<{ readonly curve25519: string; readonly ed25519: string } | undefined> {
  const other = await device.machine.getDevice(new UserId(userId), new DeviceId(deviceId));
  const [curve25519, ed25519] = [other?.curve25519Key?.toBase64(), other?.ed25519Key?.toBase64()];
  return curve25519 === undefined || ed25519 === undefined ? undefined : { curve25519, ed25519 };
}

async function identityOf(
  device: CryptoDevice,
  userId: string,
): Promise<OwnUserIdentity | OtherUserIdentity | undefined> {
  return device.machine.getIdentity(new UserId(userId));
}

/** client-server-api#post_matrixclientv3keysdevice_signingupload: a password is asked for where keys are replaced. */
async function uploadSigningKeys(
  { client }: CryptoDevice,
  keys: JsonObject,
  password: string,
  signal: AbortSignal,
): Promise<void> {
  const path = clientPath("keys", "device_signing", "upload");
  const first = await client.request("POST", path, keys, { signal });
  if (first.status === 200) return;
  const session: JsonValue = isJsonObject(first.body) ? (first.body.session ?? "") : "";
  const identifier = { type: "m.id.user", user: client.userId };
  const auth = { type: "m.login.password", identifier, password, session };
  await client.expectObject("POST", path, { ...keys, auth }, { signal });
}

function publicKeyIn(key: JsonValue | undefined): string {
  const keys = isJsonObject(key) ? key.keys : undefined;
  const [first] = isJsonObject(keys) ? Object.values(keys) : [];
  if (typeof first !== "string") throw new Error("the crypto machine made no master key");
  return first;
}
