import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { type Context, type FederationRequest, MatrixError } from "../parts.js";
import { askServer, byServer, childObject, failureOf } from "./by-server.js";
import type { OneTimeKeys } from "./one-time-keys.js";

type Mutable = { [key: string]: JsonValue };

const CLAIM = "/_matrix/federation/v1/user/keys/claim";

/** Claims of one-time keys by our clients and by other servers (server-server-api#post_matrixfederationv1userkeysclaim). */
export class KeyClaims {
  readonly #context: Context;
  readonly #oneTimeKeys: OneTimeKeys;

  constructor(context: Context, oneTimeKeys: OneTimeKeys) {
    this.#context = context;
    this.#oneTimeKeys = oneTimeKeys;
    context.federationRoutes.add("POST", CLAIM, { authenticated: true }, async (request) => this.#answer(request));
  }

  /** Answers a client; servers that did not answer are named in `failures`. */
  async claim(wanted: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const found: Mutable = {};
    const failures: Mutable = {};
    await Promise.all(
      [...byServer(Object.entries(wanted))].map(async ([server, users]) => {
        const share = Object.fromEntries(users);
        if (server === this.#context.serverName) Object.assign(found, this.#local(share));
        else if (!this.#context.has("no-remote-claims")) {
          try {
            const answer = await askServer(this.#context, server, {
              path: CLAIM,
              body: { one_time_keys: share },
              signal,
            });
            Object.assign(found, onlyAsked(childObject(answer, "one_time_keys"), share));
          } catch (error) {
            if (!this.#context.has("hides-failed-claims")) failures[server] = failureOf(error);
          }
        }
      }),
    );
    return { one_time_keys: found, failures };
  }

  #answer(request: FederationRequest): JsonObject {
    const wanted = isJsonObject(request.body) ? request.body.one_time_keys : undefined;
    if (!isJsonObject(wanted)) throw new MatrixError(400, "M_MISSING_PARAM", "one_time_keys is missing");
    return { one_time_keys: this.#local(wanted) };
  }

  #local(wanted: JsonObject): JsonObject {
    const found: Mutable = {};
    for (const [user, devices] of Object.entries(wanted)) {
      if (!this.#context.isLocal(user) || !isJsonObject(devices)) continue;
      const claimed = this.#ofUser(user, devices);
      if (Object.keys(claimed).length === 0 && this.#context.has("claim-without-keys-fails")) {
        throw new MatrixError(404, "M_NOT_FOUND", "there is no such key");
      }
      if (Object.keys(claimed).length > 0) found[user] = claimed;
    }
    return found;
  }

  #ofUser(user: UserId, devices: JsonObject): JsonObject {
    const claimed: Mutable = {};
    for (const [deviceId, algorithm] of Object.entries(devices)) {
      const key = typeof algorithm === "string" ? this.#oneTimeKeys.claim(user, deviceId, algorithm) : undefined;
      if (key !== undefined) claimed[deviceId] = key;
    }
    return claimed;
  }
}

/** Another server speaks for the users it was asked about, and for no others. */
function onlyAsked(answer: JsonObject, asked: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(answer).filter(([user]) => asked[user] !== undefined));
}
