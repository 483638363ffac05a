import type { JsonObject, JsonValue } from "./json.js";
import type { SigningKey } from "./keys.js";
import type { ServerName } from "./pdu.js";
import { checkSignature, signaturesOf, signJson } from "./signing.js";

/** The parameters of an X-Matrix `Authorization` header (server-server-api#request-authentication). */
export interface XMatrix {
  readonly origin: ServerName;
  /** Absent in headers of servers from before v1.3. */
  readonly destination?: ServerName;
  readonly key: string;
  readonly sig: string;
}

/** What a request signature covers. Server names are those from before delegation. */
export interface SignedRequest {
  readonly method: string;
  /** From `/_matrix` on, with the query, exactly as on the wire. */
  readonly uri: string;
  readonly origin: ServerName;
  readonly destination: ServerName;
  /** The parsed body; absent when there is none. */
  readonly content?: JsonValue | undefined;
}

// Bodies carry events of old rooms, whose numbers need not be canonical.
const LENIENT = { lenient: true } as const;

const SCHEME = /^x-matrix +[ \t,]*/i;
// A token (RFC 9110) in which colons are tolerated, or a quoted string; then the comma, the end, or nothing legal.
const PARAMETER = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~0-9A-Za-z:-]+))/y;
const SEPARATOR = /[ \t]*(?:,[ \t]*)+/y;

/** The header value in the style that every receiver understands. */
export function writeXMatrix(x: XMatrix): string {
  const parameters: readonly (readonly [string, string | undefined])[] = [
    ["origin", x.origin],
    ["destination", x.destination],
    ["key", x.key],
    ["sig", x.sig],
  ];
  const written = parameters.filter(([, value]) => value !== undefined);
  return `X-Matrix ${written.map(([name, value]) => `${name}="${escapeQuoted(value ?? "")}"`).join(",")}`;
}

/**
 * Reads a header value: names in any case and order, values quoted or not, unknown parameters ignored.
 * Undefined for another scheme, bad syntax, a repeated parameter, or a missing origin, key or sig.
 */
export function parseXMatrix(header: string): XMatrix | undefined {
  const parameters = parseParameters(header);
  const origin = parameters?.get("origin");
  const destination = parameters?.get("destination");
  const key = parameters?.get("key");
  const sig = parameters?.get("sig");
  if (origin === undefined || key === undefined || sig === undefined) return undefined;
  return destination === undefined ? { origin, key, sig } : { origin, destination, key, sig };
}

/** The object whose signature authenticates the request; `content` is left out when there is no body. */
export function requestSigningPayload(request: SignedRequest): JsonObject {
  const { method, uri, origin, destination, content } = request;
  const payload = { method, uri, origin, destination };
  return content === undefined ? payload : { ...payload, content };
}

/** The `Authorization` header value for a request by its origin. */
export function signRequest(request: SignedRequest, key: SigningKey): string {
  const { origin, destination } = request;
  const signed = signJson(requestSigningPayload(request), origin, key, LENIENT);
  const sig = signaturesOf(signed, origin).get(key.keyId) ?? "";
  return writeXMatrix({ origin, destination, key: key.keyId, sig });
}

/**
 * Whether the header authenticates the request under that public key of its origin. `request.destination` is the receiver's
 * own name; a header that names another one does not verify.
 */
export function verifyRequest(request: SignedRequest, x: XMatrix, publicKey: string): boolean {
  if (x.origin !== request.origin) return false;
  if (x.destination !== undefined && x.destination !== request.destination) return false;
  const signed = { ...requestSigningPayload(request), signatures: { [x.origin]: { [x.key]: x.sig } } };
  return checkSignature(signed, x.origin, x.key, publicKey, LENIENT);
}

function parseParameters(header: string): ReadonlyMap<string, string> | undefined {
  const scheme = SCHEME.exec(header);
  if (scheme === null) return undefined;
  const found = new Map<string, string>();
  const end = header.trimEnd().length;
  let at = scheme[0].length;
  while (at < end) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(header);
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || found.has(name)) return undefined;
    found.set(name, match[2]?.replace(/\\(.)/g, "$1") ?? match[3] ?? "");
    at = PARAMETER.lastIndex;
    SEPARATOR.lastIndex = at;
    if (at < end && !SEPARATOR.test(header)) return undefined;
    at = Math.max(at, SEPARATOR.lastIndex);
  }
  return found;
}

function escapeQuoted(value: string): string {
  return value.replace(/["\\]/g, "\\$&");
}
