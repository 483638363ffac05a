import type { RawHeaders } from "../evidence/exchange.js";

export type { RawHeaders };

/** One HTTP request as a server receives it: nothing decoded, nothing normalised. */
export interface WireRequest {
  readonly method: string;
  /** The request target exactly as sent: path and query, percent-encoding untouched. */
  readonly target: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
  /** The server name in the TLS ClientHello, if there was one. */
  readonly sni?: string;
  /** Aborted when the caller has gone away. */
  readonly signal?: AbortSignal;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** A server, seen from the wire. Everything that answers HTTP in Concordat is one of these. */
export type WireHandler = (request: WireRequest) => Promise<WireResponse>;

/**
 * The way out to other servers: carries a request to the server of that name (server-server-api#server-discovery done by the lab),
 * rejects with an Error when no HTTP answer came back.
 */
export type FederationTransport = (destination: string, request: WireRequest) => Promise<WireResponse>;

/** The first value of a header, whatever the case of its name. */
export function header(headers: RawHeaders, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([key]) => key.toLowerCase() === wanted)?.[1];
}

export function headerValues(headers: RawHeaders, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}
