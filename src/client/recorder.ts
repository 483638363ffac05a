import type { RawHeaders } from "../evidence/exchange.js";

/** One request of a client and what came back, as it is handed to the journal. */
export interface ClientExchange {
  /** The user id, or `anonymous` before there is one. */
  readonly from: string;
  /** The server's name, or the host of its URL where the name is not known. */
  readonly to: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly requestHeaders: RawHeaders;
  readonly requestBody: Uint8Array;
  readonly status?: number;
  readonly responseHeaders?: RawHeaders;
  readonly responseBody?: Uint8Array;
  /** Why there was no answer. */
  readonly failure?: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Where clients report what they send and receive. */
export interface ClientRecorder {
  /** The id of the exchange in the journal. */
  record(exchange: ClientExchange): string;
}
