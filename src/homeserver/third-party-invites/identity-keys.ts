import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { checkSignature } from "../../matrix/signing.js";
import { MatrixError } from "../parts.js";
import type { IdentityServers } from "./identity-servers.js";

interface IdentityKey {
  readonly publicKey: string;
  /** Where to ask whether it still holds; it does for ever where that is not said. */
  readonly address: string | undefined;
}

/**
 * Makes sure that a key under which the word was given still holds; rejects with MatrixError 403 when none does, 502 when
 * that cannot be found out (client-server-api#third-party-invites). Whether the word is good at all is not judged here.
 */
export async function requireKeyThatHolds(
  servers: IdentityServers,
  invitation: Pdu,
  signed: JsonObject,
): Promise<void> {
  const used = keysOf(invitation).filter(({ publicKey }) => isSignedUnder(signed, publicKey));
  if (used.length === 0) return;
  for (const { publicKey, address } of used) {
    if (address === undefined || (await servers.keyHolds(address, publicKey))) return;
  }
  throw new MatrixError(403, "M_FORBIDDEN", "the identity server's key no longer holds");
}

function keysOf({ content }: Pdu): readonly IdentityKey[] {
  const listed: readonly JsonValue[] = Array.isArray(content.public_keys) ? content.public_keys : [];
  return [content, ...listed].flatMap((entry) => {
    if (!isJsonObject(entry) || typeof entry.public_key !== "string") return [];
    const { public_key: publicKey, key_validity_url: address } = entry;
    return [{ publicKey, address: typeof address === "string" ? address : undefined }];
  });
}

function isSignedUnder(signed: JsonObject, publicKey: string): boolean {
  const signers = isJsonObject(signed.signatures) ? signed.signatures : {};
  return Object.entries(signers).some(
    ([signer, keys]) =>
      isJsonObject(keys) && Object.keys(keys).some((keyId) => checkSignature(signed, signer, keyId, publicKey)),
  );
}
