import { isJsonObject, type JsonValue, objectsIn } from "../../matrix/json.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { endpointOf, jsonOf } from "./messages.js";
import type { PassiveCheck, Side } from "./passive-check.js";

const PRIVATE = ["user_signing_key", "user_signing_keys"];
const PLACES: { readonly [side in Side]: ReadonlySet<string> } = {
  request: new Set(["send"]),
  response: new Set(["user-keys-query", "user-devices"]),
};

/** client-server-api#cross-signing: a user-signing key is for its user alone. */
function noUserSigningKey(side: Side): PassiveCheck {
  return {
    name: `no-user-signing-key-in-${side}`,
    summary: `User-signing keys do not leave the server (in its ${side}s)`,
    requirement: "FED-XSK-002",
    level: "must",
    side,
    appliesTo: (exchange) =>
      PLACES[side].has(endpointOf(exchange)?.endpoint.id ?? "") && contents(side, exchange).length > 0,
    judge(exchange) {
      const found = contents(side, exchange).flatMap((content) =>
        PRIVATE.filter((name) => isJsonObject(content) && isFilled(content[name])),
      );
      return findingOf(exchange, "no user-signing key", found);
    },
  };
}

function contents(side: Side, exchange: SeenExchange): readonly JsonValue[] {
  const body = jsonOf(side, exchange);
  if (!isJsonObject(body)) return [];
  if (side === "response") return exchange.response?.status === 200 ? [body] : [];
  return objectsIn(body.edus)
    .filter(({ edu_type: type }) => type === "m.signing_key_update" || type === "m.device_list_update")
    .flatMap(({ content }) => (content === undefined ? [] : [content]));
}

/** An empty map says nothing. */
function isFilled(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}

export const PRIVATE_KEY_CHECKS: readonly PassiveCheck[] = [noUserSigningKey("request"), noUserSigningKey("response")];
