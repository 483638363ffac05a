import { encodeBase64 } from "../matrix/base64.js";
import type { JsonObject } from "../matrix/json.js";
import { type SigningKey, signingKey } from "../matrix/keys.js";
import { signJson } from "../matrix/signing.js";

/** The keys of a device that never encrypts: well formed and truly signed, so that servers pass them on (client-server-api#device-keys). */
export interface PlainDeviceKeys {
  readonly userId: string;
  readonly deviceId: string;
  readonly signing: SigningKey;
}

export function plainDeviceKeys(
  userId: string,
  deviceId: string,
  random: (length: number) => Uint8Array,
): PlainDeviceKeys {
  return { userId, deviceId, signing: signingKey(random(32), deviceId) };
}

/** The `device_keys` member of /keys/upload; `more` is signed along with the members that every device has. */
export function deviceKeysBody(
  keys: PlainDeviceKeys,
  random: (length: number) => Uint8Array,
  more: JsonObject = {},
): JsonObject {
  const { userId, deviceId, signing } = keys;
  const body = {
    ...more,
    user_id: userId,
    device_id: deviceId,
    algorithms: ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
    keys: { [`curve25519:${deviceId}`]: encodeBase64(random(32)), [`ed25519:${deviceId}`]: signing.publicKey },
  };
  return signJson(body, userId, signing);
}

/** Signed curve25519 keys by key id, for `one_time_keys` or `fallback_keys` of /keys/upload. */
export function curveKeys(
  keys: PlainDeviceKeys,
  names: readonly string[],
  random: (length: number) => Uint8Array,
  fallback = false,
): JsonObject {
  return Object.fromEntries(
    names.map((name) => [
      `signed_curve25519:${name}`,
      signJson({ key: encodeBase64(random(32)), ...(fallback ? { fallback: true } : {}) }, keys.userId, keys.signing),
    ]),
  );
}
