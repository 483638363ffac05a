import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { Connection } from "../../src/client/connection.js";
import { CryptoDevice } from "../../src/client/crypto-device.js";
import { SecretStorage } from "../../src/client/secret-storage.js";
import { encodeBase64, encodeUrlSafeBase64 } from "../../src/matrix/base64.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/matrix/json.js";

export type SecretKind = "token" | "password" | "recovery key" | "room key" | "identity key" | "backup key";

export interface Secret {
  readonly kind: SecretKind;
  readonly text: string;
}

/** Overhears every secret that clients of this process make or are given, from `listen` until `stop`. */
export class CreatedSecrets {
  readonly #found = new Map<string, SecretKind>();
  readonly #devices: CryptoDevice[] = [];
  readonly #undo: (() => void)[] = [];

  static listen(): CreatedSecrets {
    const secrets = new CreatedSecrets();
    const { send } = Connection.prototype;
    Connection.prototype.send = async function (sender, method, path, body, options) {
      secrets.#note("token", sender.accessToken);
      secrets.#membersOf(body, "password", "password");
      const answer = await send.call(this, sender, method, path, body, options);
      secrets.#membersOf(answer.body, "access_token", "token");
      return answer;
    };
    const { create } = CryptoDevice;
    CryptoDevice.create = async (client, signal) => {
      const device = await create.call(CryptoDevice, client, signal);
      secrets.#devices.push(device);
      return device;
    };
    const { create: createStorage } = SecretStorage;
    SecretStorage.create = async (client, signal) => {
      const storage = await createStorage.call(SecretStorage, client, signal);
      secrets.#bytes(storage.recoveryKey);
      return storage;
    };
    secrets.#undo.push(() => {
      Connection.prototype.send = send;
      CryptoDevice.create = create;
      SecretStorage.create = createStorage;
    });
    return secrets;
  }

  /** Everything overheard, and what the devices' stores hold. */
  async stop(): Promise<readonly Secret[]> {
    for (const undo of this.#undo) undo();
    for (const { machine } of this.#devices) {
      const keys = JSON.parse(await machine.exportRoomKeys(() => true)) as readonly JsonObject[];
      // The beginning says the version, which differs between forms of the same key; the rest is the key itself.
      for (const { session_key: key } of keys) this.#note("room key", String(key).slice(8, 120));
      const identity = await machine.exportCrossSigningKeys();
      for (const key of [identity?.masterKey, identity?.self_signing_key, identity?.userSigningKey]) {
        this.#note("identity key", key);
      }
      this.#note("backup key", (await machine.getBackupKeys()).decryptionKeyBase64);
    }
    return [...this.#found].map(([text, kind]) => ({ kind, text }));
  }

  #bytes(bytes: Uint8Array): void {
    for (const text of [encodeBase64(bytes), encodeUrlSafeBase64(bytes), Buffer.from(bytes).toString("hex")]) {
      this.#note("recovery key", text);
    }
  }

  #membersOf(value: JsonValue | undefined, member: string, kind: SecretKind): void {
    if (!isJsonObject(value)) return;
    const own = value[member];
    if (typeof own === "string") this.#note(kind, own);
    for (const inner of Object.values(value)) this.#membersOf(inner, member, kind);
  }

  #note(kind: SecretKind, text: string | undefined): void {
    if (text !== undefined && text !== "") this.#found.set(text, kind);
  }
}

/** `file: kind` for each file below the folder that spells a secret, as it is, escaped, percent-encoded or in base64. */
export function spelledIn(folder: string, secrets: readonly Secret[]): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  return files.flatMap((path) => {
    const text = `${relative(folder, path)}\n${readFileSync(path, "latin1")}`;
    const spelled = secrets.filter((secret) => spellings(secret.text).some((spelling) => text.includes(spelling)));
    return [...new Set(spelled.map(({ kind }) => `${relative(folder, path)}: ${kind}`))];
  });
}

function spellings(text: string): readonly string[] {
  const inBase64 = Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -2);
  return [text, JSON.stringify(text).slice(1, -1), text.replaceAll("/", "\\/"), encodeURIComponent(text), inBase64];
}
