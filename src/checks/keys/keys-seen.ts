import { isJsonObject } from "../../matrix/json.js";
import type { SeenExchange } from "../view.js";

const KEY_DOCUMENT = /^\/_matrix\/key\/v2\/server\/?(?:\?|$)/;
const NO_KEYS: ReadonlyMap<string, string> = new Map();

/**
 * The signing keys that servers published during a run, as far as the evidence holds their own key documents
 * (server-server-api#publishing-keys). A peer's deliberately wrong documents are among them; they prove nothing of others.
 */
export class KeysSeen {
  private readonly byServer = new Map<string, Map<string, string>>();

  learn(exchange: SeenExchange): void {
    if (exchange.response?.status !== 200 || !KEY_DOCUMENT.test(exchange.request.target)) return;
    const document = exchange.responseJson();
    if (!isJsonObject(document) || document.server_name !== exchange.to) return;
    const keys = this.byServer.get(exchange.to) ?? new Map<string, string>();
    for (const member of ["verify_keys", "old_verify_keys"]) {
      const listed = document[member];
      if (!isJsonObject(listed)) continue;
      for (const [keyId, value] of Object.entries(listed)) {
        const key = isJsonObject(value) ? value.key : undefined;
        if (typeof key === "string") keys.set(keyId, key);
      }
    }
    this.byServer.set(exchange.to, keys);
  }

  /** Public keys in unpadded base64 by key id; empty when no key document was seen. */
  of(serverName: string): ReadonlyMap<string, string> {
    return this.byServer.get(serverName) ?? NO_KEYS;
  }
}
