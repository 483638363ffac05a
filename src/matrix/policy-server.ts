import { isJsonObject, type JsonObject, type JsonValue, member } from "./json.js";
import type { KeyId } from "./keys.js";
import type { Pdu, ServerName } from "./pdu.js";

/** The key id of every policy server's Ed25519 signature (server-server-api#validating-policy-server-signatures). */
export const POLICY_KEY_ID: KeyId = "ed25519:policy_server";

export interface PolicyServer {
  readonly via: ServerName;
  /** Unpadded base64. */
  readonly publicKey: string;
}

/** The event that names a room's policy server, which is the only kind that no policy server is asked about. */
export function isPolicySetting(event: Pick<Pdu, "type" | "state_key">): boolean {
  return event.type === "m.room.policy" && event.state_key === "";
}

/** The policy server that the content of such an event names, if it is valid (server-server-api#determining-if-a-policy-server-is-enabled-in-a-room). */
export function policyServerIn(content: JsonObject | undefined): PolicyServer | undefined {
  const via = member(content ?? {}, "via");
  const keys = member(content ?? {}, "public_keys");
  const publicKey = isJsonObject(keys) ? member(keys, "ed25519") : undefined;
  return typeof via === "string" && typeof publicKey === "string" ? { via, publicKey } : undefined;
}

/** The policy server's signature in its answer; undefined when there is none (server-server-api#post_matrixpolicyv1sign). */
export function policySignatureIn(answer: JsonValue | undefined, via: ServerName): string | undefined {
  const own = isJsonObject(answer) ? member(answer, via) : undefined;
  const signature = isJsonObject(own) ? member(own, POLICY_KEY_ID) : undefined;
  return typeof signature === "string" ? signature : undefined;
}

/** The event with the policy server's signature beside those that it has, of the same server too. */
export function withPolicySignature(event: Pdu, via: ServerName, signature: string): Pdu {
  const own = { ...event.signatures?.[via], [POLICY_KEY_ID]: signature };
  return { ...event, signatures: { ...event.signatures, [via]: own } };
}
