import type { SeenExchange } from "../../evidence/seen-exchange.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";

/** So much of a cross-signing key's id is shown: the id is the public key itself. */
const ID_SHOWN = 8;
const LIMIT = 70;
const SEVERAL = 3;

/** Which keys and devices an exchange is about, by their ids alone; undefined for exchanges without keys. */
export function keyWords(exchange: SeenExchange): string | undefined {
  const path = exchange.request.target.replace(/\?.*$/u, "");
  const words = Object.entries(READERS).find(([part]) => path.includes(part))?.[1](exchange);
  if (words === undefined || words === "") return undefined;
  return words.length > LIMIT ? `${words.slice(0, LIMIT - 1)}…` : words;
}

/** By a part of the path; the first that fits. */
const READERS: { readonly [part: string]: (exchange: SeenExchange) => string } = {
  "/keys/device_signing/upload": ({ requestJson }) => crossSigning(objectOf(requestJson())),
  "/keys/upload": ({ requestJson }) => uploaded(objectOf(requestJson())),
  "/keys/claim": ({ responseJson }) => claimed(child(responseJson(), "one_time_keys")),
  "/keys/query": ({ responseJson }) => queried(objectOf(responseJson())),
  "/sendToDevice/": ({ requestJson }) => `to ${devicesOf(child(requestJson(), "messages"))}`,
  "/federation/v1/send/": ({ requestJson }) => units(objectOf(requestJson())),
};

function uploaded({ device_keys: device, one_time_keys: oneTime, fallback_keys: fallback }: JsonObject): string {
  const [keys, reserve] = [Object.keys(objectOf(oneTime)), Object.keys(objectOf(fallback))];
  return [
    isJsonObject(device) ? `device ${String(device.device_id)}` : "",
    keys.length === 0 ? "" : `one-time keys ${several(keys)}`,
    reserve.length === 0 ? "" : `reserve ${several(reserve)}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function crossSigning(body: JsonObject): string {
  return ["master_key", "self_signing_key", "user_signing_key"]
    .flatMap((usage) => {
      const [keyId] = Object.keys(child(body[usage], "keys"));
      return keyId === undefined
        ? []
        : [`${usage.replace(/_key$/u, "")} ${keyId.slice(0, "ed25519:".length + ID_SHOWN)}…`];
    })
    .join(", ");
}

function claimed(users: JsonObject): string {
  return several(
    Object.values(users).flatMap((devices) =>
      Object.entries(objectOf(devices)).flatMap(([device, keys]) =>
        Object.keys(objectOf(keys)).map((keyId) => `${keyId} of ${device}`),
      ),
    ),
  );
}

function queried(body: JsonObject): string {
  const devices = devicesOf(child(body, "device_keys"));
  const masters = Object.keys(child(body, "master_keys")).length;
  return [devices === "" ? "no device" : devices, ...(masters === 0 ? [] : ["with identity"])].join(" ");
}

/** What a transaction carries about devices. */
function units({ edus }: JsonObject): string {
  const found = (Array.isArray(edus) ? edus.filter(isJsonObject) : []).flatMap(({ edu_type: type, content }) => {
    const about = objectOf(content);
    if (type === "m.direct_to_device") return [`${String(about.type)} to ${devicesOf(objectOf(about.messages))}`];
    if (type === "m.device_list_update") return [`device ${String(about.device_id)}`];
    return type === "m.signing_key_update" ? ["new identity"] : [];
  });
  return several(found);
}

/** Device ids below user ids. */
function devicesOf(users: JsonObject): string {
  return several(Object.values(users).flatMap((devices) => Object.keys(objectOf(devices))));
}

function several(items: readonly string[]): string {
  const more = items.length - SEVERAL;
  return `${items.slice(0, SEVERAL).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function child(value: JsonValue | undefined, member: string): JsonObject {
  return objectOf(isJsonObject(value) ? value[member] : undefined);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
