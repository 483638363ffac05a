import {
  DecryptionSettings,
  DeviceId,
  DeviceLists,
  EncryptionSettings,
  initAsync,
  KeysClaimRequest,
  MegolmDecryptionError,
  OlmMachine,
  RoomId,
  TrustRequirement,
  UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { isJsonObject, type JsonObject, type JsonValue } from "../matrix/json.js";
import type { ClientUser } from "./client-user.js";
import { sendCryptoRequest } from "./crypto-requests.js";
import { clientPath } from "./paths.js";
import { deviceListIn, type SyncBatch, toDeviceIn } from "./sync-batch.js";

/** A room event after decryption, or why it could not be decrypted. */
export type Decryption =
  | { readonly ok: true; readonly event: JsonObject; readonly senderKey: string }
  | { readonly ok: false; readonly eventId: string; readonly code: string; readonly reason: string };

const DECRYPTION_CODES = [
  "MissingRoomKey",
  "UnknownMessageIndex",
  "MismatchedIdentityKeys",
  "UnknownSenderDevice",
  "UnsignedSenderDevice",
  "SenderIdentityVerificationViolation",
  "UnableToDecrypt",
  "MismatchedSender",
] as const;

/** Every sending device is good enough: trust between users is not what is under test. */
const settings = () => new DecryptionSettings(TrustRequirement.Untrusted);

/** Real end-to-end encryption for one user's device: Olm and Megolm, kept in memory (client-server-api#end-to-end-encryption). */
export class CryptoDevice {
  readonly client: ClientUser;
  readonly #machine: OlmMachine;
  readonly #undecryptable = new Map<string, Extract<Decryption, { ok: false }>>();
  #processed = 0;

  private constructor(client: ClientUser, machine: OlmMachine) {
    this.client = client;
    this.#machine = machine;
  }

  /** A fresh device identity for the client; its keys are uploaded. */
  static async create(client: ClientUser, signal: AbortSignal): Promise<CryptoDevice> {
    await initAsync();
    const machine = await OlmMachine.initialize(new UserId(client.userId), new DeviceId(client.deviceId));
    const device = new CryptoDevice(client, machine);
    await device.flush(signal);
    return device;
  }

  /** The device's public keys in unpadded base64. */
  get identityKeys(): { readonly curve25519: string; readonly ed25519: string } {
    const { curve25519, ed25519 } = this.#machine.identityKeys;
    return { curve25519: curve25519.toBase64(), ed25519: ed25519.toBase64() };
  }

  /** Events that could not be decrypted so far; one that later could is off the list. */
  get undecryptable(): readonly Extract<Decryption, { ok: false }>[] {
    return [...this.#undecryptable.values()];
  }

  /** Sends every request that the machine has waiting and tells it the answers. */
  async flush(signal: AbortSignal): Promise<void> {
    for (let requests = await this.#machine.outgoingRequests(); requests.length > 0; ) {
      for (const request of requests) await sendCryptoRequest(this.client, this.#machine, request, signal);
      requests = await this.#machine.outgoingRequests();
    }
  }

  /** Hands the machine every batch that the client has received and it has not seen, then sends what follows from them. */
  async catchUp(signal: AbortSignal): Promise<void> {
    for (const batch of this.client.seen.slice(this.#processed)) {
      await this.#receive(batch);
      this.#processed += 1;
    }
    await this.flush(signal);
  }

  /** Syncs and processes until the predicate holds for a batch. */
  async waitForSync(predicate: (batch: SyncBatch) => boolean, signal: AbortSignal, after = 0): Promise<SyncBatch> {
    const batch = await this.client.waitForSync(predicate, signal, after);
    await this.catchUp(signal);
    return batch;
  }

  /** Learns of the users' devices, opens Olm sessions with them and sends them the room's key. */
  async shareRoomKey(roomId: string, userIds: readonly string[], signal: AbortSignal): Promise<void> {
    // The machine takes ownership of the ids it is given, so each call gets its own.
    const users = () => userIds.map((userId) => new UserId(userId));
    await this.#machine.updateTrackedUsers(users());
    await this.flush(signal);
    const claim = await this.#machine.getMissingSessions(users());
    if (claim instanceof KeysClaimRequest) await sendCryptoRequest(this.client, this.#machine, claim, signal);
    const shares = await this.#machine.shareRoomKey(new RoomId(roomId), users(), new EncryptionSettings());
    for (const share of shares) await sendCryptoRequest(this.client, this.#machine, share, signal);
  }

  /** The content of an m.room.encrypted event; the room's key must have been shared before. */
  async encrypt(roomId: string, type: string, content: JsonObject): Promise<JsonObject> {
    const encrypted: unknown = JSON.parse(
      await this.#machine.encryptRoomEvent(new RoomId(roomId), type, JSON.stringify(content)),
    );
    if (!isJsonObject(encrypted)) throw new Error("the encrypted content is not an object");
    return encrypted;
  }

  /** Encrypts and sends; the event's id. */
  async sendEncrypted(roomId: string, type: string, content: JsonObject, signal: AbortSignal): Promise<string> {
    return this.client.send(roomId, "m.room.encrypted", await this.encrypt(roomId, type, content), signal);
  }

  /** Decrypts an m.room.encrypted event as /sync or /event gave it. */
  async decrypt(roomId: string, event: JsonObject): Promise<Decryption> {
    const eventId = typeof event.event_id === "string" ? event.event_id : "";
    try {
      const decrypted = await this.#machine.decryptRoomEvent(JSON.stringify(event), new RoomId(roomId), settings());
      this.#undecryptable.delete(eventId);
      return { ok: true, event: JSON.parse(decrypted.event) as JsonObject, senderKey: decrypted.senderCurve25519Key };
    } catch (error) {
      if (!(error instanceof MegolmDecryptionError)) throw error;
      const failure = {
        ok: false as const,
        eventId,
        code: DECRYPTION_CODES[error.code] ?? "Unknown",
        reason: error.description,
      };
      this.#undecryptable.set(eventId, failure);
      return failure;
    }
  }

  /** Makes cross-signing keys, uploads them and signs this device with them. */
  async bootstrapCrossSigning(password: string, signal: AbortSignal): Promise<void> {
    const requests = await this.#machine.bootstrapCrossSigning(true);
    await this.flush(signal);
    const keys = JSON.parse(requests.uploadSigningKeysRequest.body) as JsonObject;
    await this.#uploadSigningKeys(keys, password, signal);
    await sendCryptoRequest(this.client, this.#machine, requests.uploadSignaturesRequest, signal);
  }

  /** Signs another user's master key with this user's user-signing key; both must have cross-signing. */
  async verify(userId: string, signal: AbortSignal): Promise<void> {
    await this.#machine.updateTrackedUsers([new UserId(userId)]);
    await this.flush(signal);
    const identity = await this.#machine.getIdentity(new UserId(userId));
    if (identity === undefined) throw new Error(`${userId} has no cross-signing keys`);
    await sendCryptoRequest(this.client, this.#machine, await identity.verify(), signal);
  }

  /** Ends the machine and frees its memory. */
  close(): void {
    this.#machine.close();
  }

  async #uploadSigningKeys(keys: JsonObject, password: string, signal: AbortSignal): Promise<void> {
    const path = clientPath("keys", "device_signing", "upload");
    const first = await this.client.request("POST", path, keys, { signal });
    if (first.status === 200) return;
    const session: JsonValue = isJsonObject(first.body) ? (first.body.session ?? "") : "";
    const identifier = { type: "m.id.user", user: this.client.userId };
    const auth = { type: "m.login.password", identifier, password, session };
    await this.client.expectObject("POST", path, { ...keys, auth }, { signal });
  }

  async #receive(batch: SyncBatch): Promise<void> {
    const users = (list: "changed" | "left") => deviceListIn(batch, list).map((userId) => new UserId(userId));
    const counts = batch.body.device_one_time_keys_count;
    const numbers = Object.entries(isJsonObject(counts) ? counts : {}).filter(
      (pair): pair is [string, number] => typeof pair[1] === "number",
    );
    const unused = batch.body.device_unused_fallback_key_types;
    const fallback = Array.isArray(unused)
      ? new Set(unused.filter((type): type is string => typeof type === "string"))
      : undefined;
    const lists = new DeviceLists(users("changed"), users("left"));
    const events = JSON.stringify(toDeviceIn(batch));
    await this.#machine.receiveSyncChanges(events, lists, new Map(numbers), fallback, settings());
  }
}
