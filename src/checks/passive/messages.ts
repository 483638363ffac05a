import { REDACTED } from "../../evidence/secrets.js";
import { nonCanonicalPlace } from "../../matrix/canonical-json.js";
import type { JsonValue } from "../../matrix/json.js";
import { parseXMatrix, type XMatrix } from "../../matrix/x-matrix.js";
import { headerValues, type RawHeaders } from "../../net/wire.js";
import { type EndpointMatch, matchEndpoint } from "../../schema/endpoints.js";
import type { SeenExchange } from "../view.js";
import type { Side } from "./passive-check.js";

const X_MATRIX = /^x-matrix(?:\s|$)/i;

/** Every check asks for the endpoint, and it follows from the exchange alone. */
const matched = new WeakMap<SeenExchange, { readonly match: EndpointMatch | undefined }>();

/** The endpoint that the request addresses. */
export function endpointOf(exchange: SeenExchange): EndpointMatch | undefined {
  const known = matched.get(exchange);
  if (known !== undefined) return known.match;
  const match = matchEndpoint(exchange.request.method, exchange.request.target);
  matched.set(exchange, { match });
  return match;
}

/** The Authorization headers of the scheme X-Matrix, as they stood on the wire. */
export function xMatrixHeaders(exchange: SeenExchange): readonly string[] {
  return headerValues(exchange.request.headers, "authorization").filter((value) => X_MATRIX.test(value.trimStart()));
}

// Several checks in a row ask for those of one exchange.
let lastRead: { readonly exchange: SeenExchange; readonly headers: readonly XMatrix[] } | undefined;

/** Those of them that can be read. */
export function readableXMatrix(exchange: SeenExchange): readonly XMatrix[] {
  if (lastRead?.exchange === exchange) return lastRead.headers;
  const headers = xMatrixHeaders(exchange).flatMap((header) => parseXMatrix(header.trim()) ?? []);
  lastRead = { exchange, headers };
  return headers;
}

export function jsonOf(side: Side, exchange: SeenExchange): JsonValue | undefined {
  return side === "request" ? exchange.requestJson() : exchange.responseJson();
}

/** Whether the content type of a message is that media type, whatever its parameters. */
export function hasMediaType(headers: RawHeaders, mediaType: string): boolean {
  const [value] = headerValues(headers, "content-type");
  return value?.split(";")[0]?.trim().toLowerCase() === mediaType;
}

/**
 * Why a signature over a recorded text cannot be recomputed: the recorder took a secret out of it, or it has numbers that
 * reading it as JSON does not keep (rooms/v1#canonical-json). Undefined when it can.
 */
export function whyNotExact(text: string, value: JsonValue | undefined): string | undefined {
  if (text.includes(REDACTED) || text.includes(encodeURIComponent(REDACTED))) return "the record leaves out a secret";
  const place = value === undefined ? undefined : nonCanonicalPlace(value);
  return place === undefined ? undefined : `${place.path} is not canonical JSON and may have been read inexactly`;
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
