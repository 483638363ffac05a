import { canonicalJsonBytes } from "../../matrix/canonical-json.js";
import { contentHash } from "../../matrix/events/hashes.js";
import { addEventSignature } from "../../matrix/events/sign.js";
import { type SigningKey, signingKey } from "../../matrix/keys.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { Peer } from "../../peer/peer.js";

/** Keys that a forged event may be signed with instead of its author's server's current one. */
export type OtherKey = "retired" | "impostor" | "unpublished";

/** In whose name an event is signed, and with what key. */
export interface Signer {
  readonly serverName: string;
  readonly key: SigningKey;
}

/** The signer that a scenario asks for. Throws, an authoring error, for a retired key where none was rotated. */
export function signerOf(peer: Peer, other: OtherKey | undefined): Signer {
  return { serverName: peer.serverName, key: other === undefined ? peer.signingKey : otherKey(peer, other) };
}

/** The event with a fresh content hash and the signature of that signer alone; `hashed` changes it between the two. */
export function signedAnew(
  event: Pdu,
  rules: RoomVersionRules,
  { serverName, key }: Signer,
  hashed: (event: Pdu) => Pdu = (same) => same,
): Pdu {
  const withHash = { ...event, hashes: { sha256: contentHash(event) }, signatures: {} };
  return addEventSignature(hashed(withHash), rules, serverName, key);
}

/**
 * The event with padding in its content, so that all of it with hash and signature has that many bytes in canonical JSON
 * (client-server-api#size-limits). Throws, an authoring error, when it is larger without.
 */
export function padded(event: Pdu, bytes: number, rules: RoomVersionRules, signer: Signer): Pdu {
  const withPadding = (length: number): Pdu => ({
    ...event,
    content: { ...event.content, padding: "x".repeat(length) },
  });
  const bare = canonicalJsonBytes(signedAnew(withPadding(0), rules, signer), { lenient: true }).length;
  if (bare > bytes) throw new Error(`the event has ${bare} bytes already`);
  return withPadding(bytes - bare);
}

function otherKey({ signingKey: current, retiredKey, serverName }: Peer, which: OtherKey): SigningKey {
  if (which === "retired") {
    if (retiredKey === undefined) throw new Error(`${serverName} has retired no key: rotate-key comes first`);
    return retiredKey;
  }
  const seed = current.seed.map((byte) => byte ^ 0xff);
  return signingKey(seed, which === "impostor" ? current.keyId.slice("ed25519:".length) : "unpublished");
}
