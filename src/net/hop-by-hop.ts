import type { RawHeaders } from "./wire.js";

// They belong to one connection and are made anew on the next (RFC 9110 section 7.6.1); Content-Length is the framing of the hop's own body.
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** The headers that travel end to end, in order, spelled as they came. */
export function endToEnd(headers: RawHeaders): RawHeaders {
  return headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
}

/** Pairs from the flat list that Node and undici use for headers as received. */
export function pairHeaders(flat: readonly string[]): RawHeaders {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] ?? "", flat[at + 1] ?? ""]);
  return pairs;
}
