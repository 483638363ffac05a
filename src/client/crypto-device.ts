import {
  CollectStrategy,
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
import { isJsonObject, type JsonObject } from "../matrix/json.js";
import { usable } from "./client-error.js";
import type { ClientUser } from "./client-user.js";
import { sendCryptoRequest } from "./crypto-requests.js";
import { deviceListIn, type SyncBatch, toDeviceIn, verificationEventsIn } from "./sync-batch.js";

/** A room event after decryption, or why it could not be decrypted. */
export type Decryption =
  | { readonly ok: true; readonly event: JsonObject; readonly senderKey: string }
  | {
      readonly ok: false;
      readonly eventId: string;
      readonly code: string;
      readonly reason: string;
      /** Why the sender kept the key back, where they said so (client-server-api#reporting-that-decryption-keys-are-withheld). */
      readonly withheld?: string;
    };

type Undecrypted = Extract<Decryption, { ok: false }>;

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

/** The machine repeats a question that is never answered: what is left after so many rounds waits for the next turn. */
const ROUNDS = 4;

/** With whom a room's key is shared, and for how many messages. */
export interface SharingOptions {
  /** `signed`: only devices that their owner's self-signing key has signed. All devices unless said. */
  readonly devices?: "all" | "signed";
  /** Messages after which a new session begins. */
  readonly rotateAfter?: number;
}

/** Every sending device is good enough: trust between users is looked at by itself. */
const settings = () => new DecryptionSettings(TrustRequirement.Untrusted);

/** Real end-to-end encryption for one user's device: Olm and Megolm, kept in memory (client-server-api#end-to-end-encryption). */
export class CryptoDevice {
  readonly client: ClientUser;
  readonly machine: OlmMachine;
  readonly #undecryptable = new Map<string, Undecrypted>();
  #processed = 0;
  #catchingUp: Promise<void> = Promise.resolve();

  private constructor(client: ClientUser, machine: OlmMachine) {
    this.client = client;
    this.machine = machine;
  }

  /** A fresh device identity for the client; its keys are uploaded. */
  static async create(client: ClientUser, signal: AbortSignal): Promise<CryptoDevice> {
    await initAsync();
    const machine = await OlmMachine.initialize(new UserId(client.userId), new DeviceId(client.deviceId));
    const device = new CryptoDevice(client, machine);
    // What changes after a first sync is news, also of the user's own devices (client-server-api#e2e-extensions-to-sync).
    if (client.seen.length === 0) await client.syncNext(signal);
    await device.catchUp(signal);
    return device;
  }

  /** The device's public keys in unpadded base64. */
  get identityKeys(): { readonly curve25519: string; readonly ed25519: string } {
    const { curve25519, ed25519 } = this.machine.identityKeys;
    return { curve25519: curve25519.toBase64(), ed25519: ed25519.toBase64() };
  }

  /** Events that could not be decrypted so far; one that later could is off the list. */
  get undecryptable(): readonly Undecrypted[] {
    return [...this.#undecryptable.values()];
  }

  /** Sends the requests that the machine has waiting, and those that follow from the answers. */
  async flush(signal: AbortSignal): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const requests = await this.machine.outgoingRequests();
      if (requests.length === 0) return;
      for (const request of requests) await sendCryptoRequest(this.client, this.machine, request, signal);
    }
  }

  /** Hands the machine every batch that the client has received and it has not seen, then sends what follows from them. */
  catchUp(signal: AbortSignal): Promise<void> {
    // One after the other: a batch that two callers hand over counts twice.
    const next = this.#catchingUp.then(() => this.#takeBatches(signal));
    this.#catchingUp = next.catch(() => undefined);
    return next;
  }

  /** Syncs and processes until the predicate holds for a batch. */
  async waitForSync(predicate: (batch: SyncBatch) => boolean, signal: AbortSignal, after = 0): Promise<SyncBatch> {
    const batch = await this.client.waitForSync(predicate, signal, after);
    await this.catchUp(signal);
    return batch;
  }

  /** Processes what has come, then syncs on until `look` gives something. */
  async untilSeen<T>(look: () => T | undefined | Promise<T | undefined>, signal: AbortSignal): Promise<T> {
    for (;;) {
      await this.catchUp(signal);
      const found = await look();
      if (found !== undefined) return found;
      await this.client.syncNext(signal);
    }
  }

  /** Fetches the users' keys and follows their device lists from now on. */
  async track(userIds: readonly string[], signal: AbortSignal): Promise<void> {
    await this.machine.updateTrackedUsers(userIds.map((userId) => new UserId(userId)));
    await this.flush(signal);
  }

  /** Learns of the users' devices, opens Olm sessions with them and sends them the room's key. */
  async shareRoomKey(
    roomId: string,
    userIds: readonly string[],
    signal: AbortSignal,
    options: SharingOptions = {},
  ): Promise<void> {
    // The machine takes ownership of the ids it is given, so each call gets its own.
    const users = () => userIds.map((userId) => new UserId(userId));
    await this.track(userIds, signal);
    const claim = await this.machine.getMissingSessions(users());
    if (claim instanceof KeysClaimRequest) await sendCryptoRequest(this.client, this.machine, claim, signal);
    const shares = await this.machine.shareRoomKey(new RoomId(roomId), users(), encryptionSettings(options));
    for (const share of shares) await sendCryptoRequest(this.client, this.machine, share, signal);
  }

  /** The content of an m.room.encrypted event; the room's key must have been shared before. */
  async encrypt(roomId: string, type: string, content: JsonObject): Promise<JsonObject> {
    const encrypted: unknown = JSON.parse(
      await this.machine.encryptRoomEvent(new RoomId(roomId), type, JSON.stringify(content)),
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
      const decrypted = await this.machine.decryptRoomEvent(JSON.stringify(event), new RoomId(roomId), settings());
      this.#undecryptable.delete(eventId);
      return { ok: true, event: JSON.parse(decrypted.event) as JsonObject, senderKey: decrypted.senderCurve25519Key };
    } catch (error) {
      if (!(error instanceof MegolmDecryptionError)) throw error;
      const { withheldCode: withheld } = error;
      const failure: Undecrypted = {
        ok: false,
        eventId,
        code: DECRYPTION_CODES[error.code] ?? "Unknown",
        reason: error.description,
        ...(withheld === undefined ? {} : { withheld }),
      };
      this.#undecryptable.set(eventId, failure);
      return failure;
    }
  }

  /** Ends the machine and frees its memory. */
  close(): void {
    this.machine.close();
  }

  async #takeBatches(signal: AbortSignal): Promise<void> {
    for (let batch = this.client.seen[this.#processed]; batch !== undefined; ) {
      this.#processed += 1;
      await this.#receive(batch);
      batch = this.client.seen[this.#processed];
    }
    await this.flush(signal);
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
    const events = JSON.stringify(toDeviceIn(batch));
    await usable(`/sync of ${this.client.userId}`, { status: 200, ...batch }, async () => {
      const lists = new DeviceLists(users("changed"), users("left"));
      await this.machine.receiveSyncChanges(events, lists, new Map(numbers), fallback, settings());
    });
    for (const { roomId, event } of verificationEventsIn(batch)) {
      await this.machine.receiveVerificationEvent(JSON.stringify({ ...event, room_id: roomId }), new RoomId(roomId));
    }
  }
}

function encryptionSettings({ devices, rotateAfter }: SharingOptions): EncryptionSettings {
  const made = new EncryptionSettings();
  if (devices === "signed") made.sharingStrategy = CollectStrategy.identityBasedStrategy();
  if (rotateAfter !== undefined) made.rotationPeriodMessages = BigInt(rotateAfter);
  return made;
}
