import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";

type BySigner = Map<UserId, Map<string, string>>;

/** Signatures made after the upload of what they sign: on devices and cross-signing keys (client-server-api#cross-signing). */
export class SignatureStore {
  readonly #signatures = new Map<string, BySigner>();

  /** `target` is a device id, or the public key of a cross-signing key. */
  add(owner: UserId, target: string, signer: UserId, signatures: ReadonlyMap<string, string>): void {
    const name = `${owner} ${target}`;
    const bySigner: BySigner = this.#signatures.get(name) ?? new Map();
    this.#signatures.set(name, bySigner);
    bySigner.set(signer, new Map([...(bySigner.get(signer) ?? []), ...signatures]));
  }

  /** The object with the signatures that those users made; others' are for nobody else's eyes. */
  merge(object: JsonObject, owner: UserId, target: string, visibleSigners: readonly UserId[]): JsonObject {
    const bySigner = this.#signatures.get(`${owner} ${target}`);
    const uploaded = isJsonObject(object.signatures) ? object.signatures : {};
    const merged: { [signer: string]: JsonValue } = {};
    for (const signer of visibleSigners) {
      const own = isJsonObject(uploaded[signer]) ? uploaded[signer] : {};
      const all = { ...own, ...Object.fromEntries(bySigner?.get(signer) ?? []) };
      if (Object.keys(all).length > 0) merged[signer] = all;
    }
    return { ...object, signatures: merged };
  }

  /** Every signer's, whoever asks: what the rule of `merge` is there to prevent. */
  mergeAll(object: JsonObject, owner: UserId, target: string): JsonObject {
    const signers = new Set([owner, ...(this.#signatures.get(`${owner} ${target}`)?.keys() ?? [])]);
    return this.merge(object, owner, target, [...signers]);
  }

  forget(owner: UserId, target: string): void {
    this.#signatures.delete(`${owner} ${target}`);
  }
}
