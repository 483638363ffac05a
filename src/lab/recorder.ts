import type { RawHeaders } from "../evidence/exchange.js";
import type { RawAltered } from "../evidence/recorder.js";

/** One request as it passed the tap, and what came back. */
export interface TapRecord {
  /** The sending server's name; `unknown (<address>)` where nothing tells. */
  readonly from: string;
  /** The server name that was addressed. */
  readonly to: string;
  readonly method: string;
  readonly target: string;
  readonly requestHeaders: RawHeaders;
  readonly requestBody: Uint8Array;
  readonly sni?: string;
  /** The port that was connected to. */
  readonly port?: number;
  readonly status?: number;
  readonly responseHeaders?: RawHeaders;
  readonly responseBody?: Uint8Array;
  /** Why the sender got no HTTP answer. */
  readonly failure?: string;
  /** What the lab itself did to the exchange. */
  readonly interference?: string;
  /** What arrived in place of what was sent; everything above is as its sender sent it. */
  readonly altered?: RawAltered;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Takes what the tap saw; the answer is the exchange's id. */
export interface TapRecorder {
  record(exchange: TapRecord): string;
}

/** An observation of the lab that is no exchange: a DNS query, a refused handshake, an unknown name. */
export type LabNote = (about: string, data: { readonly [key: string]: string | number | boolean | null }) => void;
