import { Type } from "@sinclair/typebox";
import type { CryptoDevice } from "../../client/crypto-device.js";
import { takeCrossSigningKeys } from "../../client/identity.js";
import { backUpRoomKeys, restoreRoomKeys } from "../../client/key-backup.js";
import { SecretStorage } from "../../client/secret-storage.js";
import { isJsonObject } from "../../matrix/json.js";
import { defineStep } from "../define.js";
import { instanceStore } from "../instance-store.js";
import { deviceOf } from "./crypto-devices.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast with an encrypting device." });
const device = Type.Optional(
  Type.String({ description: "The name that open-device bound; the first device unless said.", "refers-to": "bound" }),
);

/** What a user writes down on paper, by member of the cast: it never goes to a server. */
const recoveryKeys = instanceStore<Uint8Array>();

/** Names of the secrets (client-server-api#secret-storage, #sharing). */
const BACKUP = "m.megolm_backup.v1";
const CROSS_SIGNING = {
  master: "m.cross_signing.master",
  selfSigning: "m.cross_signing.self_signing",
  userSigning: "m.cross_signing.user_signing",
} as const;

export const backUpKeys = defineStep({
  name: "back-up-keys",
  summary:
    "A user's client keeps its room keys in an encrypted backup at the server, and what reads it, with the cross-signing keys where there are some, in secret storage",
  input: Type.Object({ as, device }, closed),
  describe: ({ as: who }) => `${who} backs up the room keys and writes the recovery key down`,
  async run(context, input) {
    const own = deviceOf(context, input.as, input.device);
    const storage = await SecretStorage.create(own.client, context.signal);
    recoveryKeys.set(context, input.as, storage.recoveryKey);
    await storage.put(BACKUP, await backUpRoomKeys(own, context.signal), context.signal);
    await storeCrossSigning(own, storage, context.signal);
  },
});

export const restoreKeys = defineStep({
  name: "restore-keys",
  summary:
    "A user types the recovery key into another device, which reads the backup and signs itself with the cross-signing keys",
  input: Type.Object({ as, device }, closed),
  describe: ({ as: who, device: which }) => `${who} restores the keys on “${which ?? "the first device"}”`,
  async run(context, input) {
    const own = deviceOf(context, input.as, input.device);
    const recoveryKey = recoveryKeys.get(context, input.as);
    if (recoveryKey === undefined) throw new Error(`${input.as} has no recovery key: back-up-keys comes first`);
    const storage = await SecretStorage.open(own.client, recoveryKey, context.signal);
    const restored = await restoreRoomKeys(own, await storage.get(BACKUP, context.signal), context.signal);
    const signed = await signWithStoredKeys(own, storage, context.signal);
    context.observe("restored", { keys: restored, signed });
  },
});

async function storeCrossSigning(own: CryptoDevice, storage: SecretStorage, signal: AbortSignal): Promise<void> {
  const keys = await own.machine.exportCrossSigningKeys();
  const { masterKey: master, self_signing_key: selfSigning, userSigningKey: userSigning } = keys ?? {};
  if (master === undefined || selfSigning === undefined || userSigning === undefined) return;
  await storage.put(CROSS_SIGNING.master, master, signal);
  await storage.put(CROSS_SIGNING.selfSigning, selfSigning, signal);
  await storage.put(CROSS_SIGNING.userSigning, userSigning, signal);
}

/** Signs the device with the cross-signing keys in secret storage; whether the server shows any. */
async function signWithStoredKeys(own: CryptoDevice, storage: SecretStorage, signal: AbortSignal): Promise<boolean> {
  await own.track([own.client.userId], signal);
  const { master_keys: masters } = await own.client.queryKeys([own.client.userId], signal);
  if (!isJsonObject(masters) || Object.keys(masters).length === 0) return false;
  const keys = {
    master: await storage.get(CROSS_SIGNING.master, signal),
    selfSigning: await storage.get(CROSS_SIGNING.selfSigning, signal),
    userSigning: await storage.get(CROSS_SIGNING.userSigning, signal),
  };
  await takeCrossSigningKeys(own, keys, signal);
  return true;
}
