import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import { type SigningKey, signingKey } from "../../matrix/keys.js";
import { serverKeysDocument } from "../../matrix/server-keys.js";
import { defineBehaviour, jsonResponse, type Misbehaving } from "./define.js";

const HOUR_MS = 3_600_000;

/** What is wrong with the key document that a peer publishes (server-server-api#publishing-keys). */
const FAULTS = {
  expired: (peer: Misbehaving) => document(peer, peer.signingKey, -HOUR_MS),
  // Beyond the hour that servers should grant, well short of a day.
  "short-lived": (peer: Misbehaving) => document(peer, peer.signingKey, 2 * HOUR_MS),
  // Ten years: far beyond the week for which a key may be relied on.
  "far-future": (peer: Misbehaving) => document(peer, peer.signingKey, 87_600 * HOUR_MS),
  "second-key": (peer: Misbehaving) =>
    serverKeysDocument({
      serverName: peer.serverName,
      keys: [peer.signingKey, otherKey(peer.signingKey, "second")],
      validUntilTs: peer.now() + 24 * HOUR_MS,
    }),
  "wrong-name": (peer: Misbehaving) =>
    serverKeysDocument({
      serverName: `not-${peer.serverName}`,
      keys: [peer.signingKey],
      validUntilTs: peer.now() + 24 * HOUR_MS,
    }),
  unsigned: (peer: Misbehaving) => ({ ...document(peer, peer.signingKey, 24 * HOUR_MS), signatures: {} }),
  "bad-signature": (peer: Misbehaving) => {
    const honest = document(peer, peer.signingKey, 24 * HOUR_MS);
    return { ...honest, valid_until_ts: peer.now() + 48 * HOUR_MS };
  },
  "another-key": (peer: Misbehaving) => document(peer, otherKey(peer.signingKey), 24 * HOUR_MS),
  // 32 bytes leave room for one character.
  "padded-key": (peer: Misbehaving) =>
    document(peer, { ...peer.signingKey, publicKey: `${peer.signingKey.publicKey}=` }, 24 * HOUR_MS),
} as const satisfies Record<string, (peer: Misbehaving) => JsonObject>;

export const keyDocument = defineBehaviour({
  name: "key-document",
  summary:
    "Publishes a key document that is expired, valid for two hours only or for ten years, misnamed, unsigned, wrongly signed, of another key, of two or of a padded one",
  input: Type.Object(
    {
      fault: Type.Union([
        Type.Literal("expired"),
        Type.Literal("short-lived"),
        Type.Literal("far-future"),
        Type.Literal("second-key"),
        Type.Literal("wrong-name"),
        Type.Literal("unsigned"),
        Type.Literal("bad-signature"),
        Type.Literal("another-key"),
        Type.Literal("padded-key"),
      ]),
    },
    { additionalProperties: false },
  ),
  appliesTo: (call) => call.endpoint === "server-keys",
  async respond(peer, _call, input) {
    return jsonResponse(200, FAULTS[input.fault](peer));
  },
});

function document(peer: Misbehaving, key: SigningKey, validForMs: number): JsonObject {
  const made = serverKeysDocument({ serverName: peer.serverName, keys: [key], validUntilTs: peer.now() + validForMs });
  if (!isJsonObject(made)) throw new Error("a key document is an object");
  return made;
}

/** Another key, under the same key id unless said. */
function otherKey(key: SigningKey, version = key.keyId.slice("ed25519:".length)): SigningKey {
  return signingKey(
    key.seed.map((byte) => byte ^ 0x5a),
    version,
  );
}
