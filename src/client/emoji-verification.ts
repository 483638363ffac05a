import {
  DeviceId,
  EventId,
  OtherUserIdentity,
  RoomId,
  Sas,
  UserId,
  VerificationMethod,
  type VerificationRequest,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { JsonObject } from "../matrix/json.js";
import type { CryptoDevice } from "./crypto-device.js";
import { sendCryptoRequest } from "./crypto-requests.js";
import { identitySeen } from "./identity.js";

type Sendable = Parameters<typeof sendCryptoRequest>[2];

const methods = () => [VerificationMethod.SasV1];

/** What each side would show its user: the numbers of seven emoji. */
export interface Comparison {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** A verification that did not come to its end. Which server is the cause cannot be told: each carried messages of both. */
export class VerificationStopped extends Error {
  override readonly name = "VerificationStopped";
}

/**
 * Two devices of two users go through short authentication string verification, by messages to devices or in a room that
 * both are in; the users confirm what they see where both see the same (client-server-api#short-authentication-string-sas-verification).
 * Rejects with {@link VerificationStopped} where they do not get that far.
 */
export async function verifyByEmoji(
  first: CryptoDevice,
  second: CryptoDevice,
  roomId: string | undefined,
  signal: AbortSignal,
): Promise<Comparison> {
  await first.track([second.client.userId, first.client.userId], signal);
  await second.track([first.client.userId, second.client.userId], signal);
  const asked = await (roomId === undefined
    ? askDevice(first, second, signal)
    : askInRoom(first, second, roomId, signal));
  const answering = await acceptRequest(second, first.client.userId, asked.flowId, signal);
  await first.untilSeen(() => asked.isReady() || undefined, signal);
  const started = await asked.startSas();
  if (started === undefined) throw new VerificationStopped("the verification could not be started");
  const [firstSas, start] = started;
  await send(first, start, signal);
  const secondSas = await acceptStart(second, answering, signal);
  // Each answers to what the other sends, so both go on at the same time.
  await Promise.all([
    first.untilSeen(() => presented(firstSas), signal),
    second.untilSeen(() => presented(secondSas), signal),
  ]);
  const comparison = { first: shownBy(firstSas), second: shownBy(secondSas) };
  if (comparison.first.join() !== comparison.second.join()) return comparison;
  for (const [device, sas] of [
    [first, firstSas],
    [second, secondSas],
  ] as const) {
    for (const request of await sas.confirm()) await send(device, request, signal);
  }
  await Promise.all([first.untilSeen(() => done(firstSas), signal), second.untilSeen(() => done(secondSas), signal)]);
  return comparison;
}

async function askDevice(first: CryptoDevice, second: CryptoDevice, signal: AbortSignal): Promise<VerificationRequest> {
  const { userId, deviceId } = second.client;
  const device = await first.machine.getDevice(new UserId(userId), new DeviceId(deviceId));
  if (device === undefined)
    throw new VerificationStopped(`${first.client.userId} does not know the device ${deviceId} of ${userId}`);
  const [request, message] = device.requestVerification(methods());
  await send(first, message, signal);
  return request;
}

async function askInRoom(
  first: CryptoDevice,
  second: CryptoDevice,
  roomId: string,
  signal: AbortSignal,
): Promise<VerificationRequest> {
  const identity = await identitySeen(first, second.client.userId, signal);
  if (!(identity instanceof OtherUserIdentity)) throw new Error(`${second.client.userId} is verified by itself`);
  const content = JSON.parse(identity.verificationRequestContent(methods())) as JsonObject;
  const eventId = await first.client.send(roomId, "m.room.message", content, signal);
  return identity.requestVerification(new RoomId(roomId), new EventId(eventId), methods());
}

async function acceptRequest(
  device: CryptoDevice,
  from: string,
  flowId: string,
  signal: AbortSignal,
): Promise<VerificationRequest> {
  const request = await device.untilSeen(() => device.machine.getVerificationRequest(new UserId(from), flowId), signal);
  await send(device, request.acceptWithMethods(methods()), signal);
  return request;
}

async function acceptStart(device: CryptoDevice, request: VerificationRequest, signal: AbortSignal): Promise<Sas> {
  const sas = await device.untilSeen(() => {
    const verification = request.getVerification();
    return verification instanceof Sas ? verification : undefined;
  }, signal);
  await send(device, sas.accept(), signal);
  return sas;
}

async function send(device: CryptoDevice, request: Sendable | undefined, signal: AbortSignal): Promise<void> {
  if (request !== undefined) await sendCryptoRequest(device.client, device.machine, request, signal);
}

function presented(sas: Sas): true | undefined {
  throwIfCancelled(sas);
  return sas.canBePresented() || undefined;
}

function done(sas: Sas): true | undefined {
  throwIfCancelled(sas);
  return sas.isDone() || undefined;
}

function throwIfCancelled(sas: Sas): void {
  if (sas.isCancelled()) throw new VerificationStopped(`the verification was cancelled: ${sas.cancelInfo()?.reason()}`);
}

function shownBy(sas: Sas): readonly number[] {
  return [...(sas.emojiIndex() ?? [])];
}
