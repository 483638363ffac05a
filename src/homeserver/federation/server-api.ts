import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import { type SigningKey, signingKey } from "../../matrix/keys.js";
import { serverKeysDocument } from "../../matrix/server-keys.js";
import { signJson } from "../../matrix/signing.js";
import type { Core } from "../core.js";
import { type FederationRequest, type FederationRoutes, MatrixError } from "../parts.js";
import { isArray, objectBody, parameter, wholeNumber } from "./body.js";
import type { KeyRing } from "./key-ring.js";

const KEY_LIFETIME_MS = 24 * 60 * 60 * 1000;
const UNSIGNED = { authenticated: false };

/** The server's own description and keys, and those of others as notary (server-server-api#retrieving-server-keys). */
export function addServerRoutes(core: Core, keys: KeyRing, routes: FederationRoutes): void {
  const notary = new Notary(core, keys);
  const ofVersion = { authenticated: core.has("version-needs-authorization") };
  routes.add("GET", "/_matrix/federation/v1/version", ofVersion, async () => ({
    server: { name: "Concordat", version: "0.1.0" },
  }));
  routes.add("GET", "/_matrix/key/v2/server", UNSIGNED, async () => ownKeys(core));
  routes.add("GET", "/_matrix/key/v2/query/:serverName", UNSIGNED, (request) => notary.one(request));
  routes.add("POST", "/_matrix/key/v2/query", UNSIGNED, (request) => notary.several(request));
}

/** The key document of this server as of now. */
function ownKeys(core: Core): JsonObject {
  const now = core.options.now();
  const { serverName, options } = core;
  const document = serverKeysDocument({
    serverName: core.has("wrong-server-name-in-keys") ? `not-${serverName}` : serverName,
    keys: [core.has("pads-published-keys") ? padded(options.signingKey) : options.signingKey],
    ...(options.retiredKeys === undefined ? {} : { oldKeys: options.retiredKeys }),
    validUntilTs: validUntil(core, now),
  });
  if (core.has("omits-self-signature")) return { ...document, signatures: {} };
  if (!core.has("signs-keys-with-another-key")) return document;
  const { signatures: _, ...bare } = document;
  return signJson(bare, serverName, signingKey(new Uint8Array(32).fill(7), options.signingKey.keyId.slice(8)));
}

function validUntil(core: Core, now: number): number {
  if (core.has("expired-key-document")) return now - 1000;
  const inMs = now + KEY_LIFETIME_MS;
  return core.has("valid-until-in-seconds") ? Math.floor(inMs / 1000) : inMs;
}

function padded(key: SigningKey): SigningKey {
  return { ...key, publicKey: `${key.publicKey}=` };
}

class Notary {
  constructor(
    private readonly core: Core,
    private readonly keys: KeyRing,
  ) {}

  async one(request: FederationRequest): Promise<JsonValue> {
    const minimum = request.query.get("minimum_valid_until_ts") ?? undefined;
    const until = wholeNumber(minimum, "minimum_valid_until_ts", request.now);
    return { server_keys: await this.#documents(parameter(request, "serverName"), until) };
  }

  async several(request: FederationRequest): Promise<JsonValue> {
    const wanted = objectBody(request).server_keys;
    if (!isJsonObject(wanted)) throw new MatrixError(400, "M_BAD_JSON", "server_keys is not an object");
    const found: JsonValue[] = [];
    for (const [server, criteria] of Object.entries(wanted)) {
      if (this.core.has("notary-insists-on-minimum")) insistOnMinimum(criteria);
      found.push(...(await this.#documents(server, latestMinimum(criteria, request.now))));
    }
    return { server_keys: found };
  }

  async #documents(server: string, minimumValidUntil: number): Promise<readonly JsonObject[]> {
    if (server === this.core.serverName) return [ownKeys(this.core)];
    const minimum = this.core.has("notary-ignores-minimum") ? 0 : minimumValidUntil;
    const entry = await this.keys.forNotary(server, minimum);
    if (entry === undefined && this.core.has("notary-fails-for-unreachable")) {
      throw new MatrixError(502, "M_UNKNOWN", `no keys of ${server}`);
    }
    if (entry === undefined) return [];
    if (this.core.has("notary-omits-cosign")) return [entry.document];
    return [signJson(entry.document, this.core.serverName, this.core.options.signingKey)];
  }
}

function insistOnMinimum(criteria: JsonValue): void {
  const entries = isJsonObject(criteria) ? Object.values(criteria) : [];
  if (entries.every((entry) => isJsonObject(entry) && entry.minimum_valid_until_ts !== undefined)) return;
  throw new MatrixError(400, "M_MISSING_PARAM", "minimum_valid_until_ts is missing");
}

function latestMinimum(criteria: JsonValue, now: number): number {
  if (!isJsonObject(criteria)) return now;
  const minima = Object.values(criteria).map((entry) =>
    isJsonObject(entry) && !isArray(entry)
      ? wholeNumber(entry.minimum_valid_until_ts, "minimum_valid_until_ts", now)
      : now,
  );
  return minima.length === 0 ? now : Math.max(...minima);
}
