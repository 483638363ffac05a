import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { ServerName } from "../../matrix/pdu.js";
import {
  checkServerKeys,
  effectiveValidUntil,
  type PublishedKeys,
  readServerKeys,
  type ServerKeysCheck,
} from "../../matrix/server-keys.js";
import type { Core } from "../core.js";
import { MatrixError, type ServerKeys } from "../parts.js";
import { sendRequest } from "./transport.js";

/** A key document that has been checked, with the time of fetching and the end of its use, both in milliseconds. */
export interface KeyEntry {
  readonly keys: PublishedKeys;
  readonly document: JsonObject;
  readonly fetchedAt: number;
  readonly validUntil: number;
}

const FAILURE_MEMORY_MS = 1000;
const HALF_DAY_MS = 43_200_000;

/** Keys of other servers, fetched when something signed by them turns up (server-server-api#retrieving-server-keys). */
export class KeyRing implements ServerKeys {
  readonly #entries = new Map<ServerName, KeyEntry>();
  readonly #fetching = new Map<ServerName, Promise<KeyEntry | undefined>>();
  readonly #failedAt = new Map<ServerName, number>();

  constructor(private readonly core: Core) {}

  async forRequest(server: ServerName, keyId: string): Promise<string | undefined> {
    if (server === this.core.serverName) return this.#own(keyId);
    const now = this.core.options.now();
    const ahead = this.core.has("wants-long-lived-keys") ? HALF_DAY_MS : 0;
    const fresh = ({ validUntil }: KeyEntry) => validUntil > now + ahead || this.core.has("ignores-key-expiry");
    const entry = await this.#find(server, (known) => fresh(known) && known.keys.verifyKeys.has(keyId));
    if (entry === undefined || !fresh(entry)) return undefined;
    const current = entry.keys.verifyKeys.get(keyId);
    if (current !== undefined || !this.core.has("accepts-old-key-for-requests")) return current;
    return entry.keys.oldVerifyKeys.get(keyId)?.key;
  }

  /**
   * The key with which the server could sign an event of that time. Where key validity is enforced the key must have been
   * valid then (rooms/v5#signing-key-validity-period). `notary` is asked when the server itself does not answer.
   */
  async forEvent(
    server: ServerName,
    keyId: string,
    at: { readonly ts: number; readonly enforced: boolean; readonly notary?: ServerName | undefined },
  ): Promise<string | undefined> {
    if (server === this.core.serverName) return this.#own(keyId);
    const applies = at.enforced || this.core.has("enforces-key-validity-in-old-rooms");
    const enforced = applies && !this.core.has("ignores-key-validity-of-events");
    const retired = !this.core.has("old-keys-not-for-events");
    const endless = this.core.has("ignores-valid-until-of-events");
    const usable = (entry: KeyEntry): string | undefined =>
      eventKey(endless ? { ...entry, validUntil: Number.POSITIVE_INFINITY } : entry, keyId, {
        ts: enforced ? at.ts : undefined,
        retired,
      });
    const direct = await this.#find(server, (known) => usable(known) !== undefined);
    const found = direct === undefined ? undefined : usable(direct);
    if (found !== undefined || at.notary === undefined || at.notary === server) return found;
    const told = await this.#fetchFrom(at.notary, server, keyId, at.ts);
    return told === undefined ? undefined : usable(told);
  }

  /** The current keys of a server as it was last heard to list them, by key id; undefined when it was not heard. */
  heard(server: ServerName): ReadonlyMap<string, string> | undefined {
    return this.#entries.get(server)?.keys.verifyKeys;
  }

  /** What this server, as notary, knows about another: cached for half the lifetime, the last known when out of reach. */
  async forNotary(server: ServerName, minimumValidUntil: number): Promise<KeyEntry | undefined> {
    const now = this.core.options.now();
    if (this.core.has("notary-forgets-unreachable")) return this.#fetch(server);
    if (this.core.has("notary-never-asks")) return this.#entries.get(server);
    return this.#find(server, (entry) => {
      const halfLife = entry.fetchedAt + (entry.validUntil - entry.fetchedAt) / 2;
      return now < halfLife && entry.keys.validUntilTs >= minimumValidUntil;
    });
  }

  /** The current keys of a server, by key id; none when they are not to be had. */
  async published(server: ServerName): Promise<ReadonlyMap<string, string>> {
    const entry = await this.#find(server, () => true);
    return entry?.keys.verifyKeys ?? new Map();
  }

  #own(keyId: string): string | undefined {
    const { signingKey, retiredKeys = [] } = this.core.options;
    return [signingKey, ...retiredKeys.map(({ key }) => key)].find((key) => key.keyId === keyId)?.publicKey;
  }

  async #find(server: ServerName, suffices: (entry: KeyEntry) => boolean): Promise<KeyEntry | undefined> {
    const known = this.#entries.get(server);
    if (known !== undefined && this.core.has("never-refetches-keys")) return known;
    if (known !== undefined && suffices(known) && !this.core.has("fetches-keys-every-time")) return known;
    await this.#fetch(server);
    return this.#entries.get(server);
  }

  #fetch(server: ServerName): Promise<KeyEntry | undefined> {
    const failedAt = this.#failedAt.get(server);
    if (failedAt !== undefined && this.core.options.now() - failedAt < FAILURE_MEMORY_MS)
      return Promise.resolve(undefined);
    const running = this.#fetching.get(server);
    if (running !== undefined) return running;
    const fetching = this.#fetchDirectly(server).finally(() => this.#fetching.delete(server));
    this.#fetching.set(server, fetching);
    return fetching;
  }

  async #fetchDirectly(server: ServerName): Promise<KeyEntry | undefined> {
    const uri = "/_matrix/key/v2/server";
    const document = await this.#ask({ destination: server, method: "GET", uri, signed: false });
    if (document === undefined) this.#failedAt.set(server, this.core.options.now());
    return document === undefined ? undefined : this.#keep(server, document);
  }

  async #fetchFrom(notary: ServerName, server: ServerName, keyId: string, ts: number): Promise<KeyEntry | undefined> {
    const criteria = this.core.has("notary-query-without-minimum") ? {} : { minimum_valid_until_ts: ts };
    const answer = await this.#ask({
      destination: notary,
      method: "POST",
      uri: "/_matrix/key/v2/query",
      content: { server_keys: { [server]: { [keyId]: criteria } } },
      signed: false,
    });
    const documents = isJsonObject(answer) && Array.isArray(answer.server_keys) ? answer.server_keys : [];
    for (const document of documents) {
      const entry = this.#keep(server, document);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  async #ask(request: Parameters<typeof sendRequest>[1]): Promise<JsonValue | undefined> {
    try {
      return await sendRequest(this.core, request);
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      this.core.log(`no keys by ${request.destination}: ${error.message}`);
      return undefined;
    }
  }

  #keep(server: ServerName, document: JsonValue): KeyEntry | undefined {
    const checked = this.#check(document, server);
    if (!checked.ok || !isJsonObject(document)) {
      this.core.log(`key document of ${server} refused: ${checked.ok ? "not an object" : checked.reason}`);
      return undefined;
    }
    const fetchedAt = this.core.options.now();
    const { validUntilTs } = checked.keys;
    const beyond = this.core.has("trusts-keys-beyond-a-week");
    const validUntil = beyond ? validUntilTs : effectiveValidUntil(validUntilTs, fetchedAt);
    const entry = { keys: checked.keys, document, fetchedAt, validUntil };
    this.#entries.set(server, entry);
    this.#failedAt.delete(server);
    return entry;
  }

  #check(document: JsonValue, server: ServerName): ServerKeysCheck {
    const checked = checkServerKeys(document, server);
    const isPadded = checked.ok && [...checked.keys.verifyKeys.values()].some((key) => key.endsWith("="));
    if (isPadded && this.core.has("refuses-padded-keys")) return { ok: false, reason: "a key has padding" };
    if (checked.ok || !isJsonObject(document) || typeof document.server_name !== "string") return checked;
    if (this.core.has("accepts-unsigned-key-documents")) return readServerKeys(document, server);
    return this.core.has("accepts-misnamed-key-documents") ? checkServerKeys(document, document.server_name) : checked;
  }
}

/** `retired`: whether keys of the past count; `ts`, where validity matters, is when the event was signed. */
function eventKey(
  entry: KeyEntry,
  keyId: string,
  { ts, retired: past }: { readonly ts: number | undefined; readonly retired: boolean },
): string | undefined {
  const current = entry.keys.verifyKeys.get(keyId);
  if (current !== undefined) return ts === undefined || ts <= entry.validUntil ? current : undefined;
  const retired = past ? entry.keys.oldVerifyKeys.get(keyId) : undefined;
  if (retired === undefined) return undefined;
  return ts === undefined || ts <= retired.expiredTs ? retired.key : undefined;
}
