/** Header names and values as they stood on the wire, in order, repetitions kept. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** The sha256 of a body, in lower-case hex: the name of its file under `evidence/`. */
export type Digest = string;

export interface RecordedMessage {
  readonly headers: RawHeaders;
  readonly body: Digest;
  /** Bytes of the body as recorded, after the redaction of secrets. */
  readonly bodyBytes: number;
}

/** One HTTP request and its response, both ways recorded. */
export interface Exchange {
  /** Unique in the run: `x1`, `x2`, … in the order in which they were recorded, that is, ended. */
  readonly id: string;
  /** `federation`: between two servers, through the tap. `client`: between a user of the harness and a server. */
  readonly kind: "federation" | "client";
  /** The sending server's name, or the user id (or `anonymous`) of a client. */
  readonly from: string;
  /** The name of the server that was addressed. */
  readonly to: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly request: RecordedMessage & { readonly method: string; readonly target: string };
  /** Absent when no HTTP answer came back; `failure` then says why. */
  readonly response?: RecordedMessage & { readonly status: number };
  readonly failure?: string;
  /** What the ClientHello named, where there was one. */
  readonly sni?: string;
  /** The port that was connected to, as other servers know it. */
  readonly port?: number;
  /** What the tap or a peer's behaviour did to this exchange, in words; absent when nothing was done. */
  readonly interference?: string;
  /** What the tap made of it on the way; `request` and `response` above are as their senders sent them. */
  readonly altered?: Altered;
}

/** What arrived in place of what was sent. */
export interface Altered {
  /** What the receiver got in place of the request. */
  readonly request?: RecordedMessage & { readonly method: string; readonly target: string };
  /** What the sender of the request got in place of the response, or without there being one. */
  readonly response?: RecordedMessage & { readonly status: number };
  /** What did not arrive at all: the request at its receiver, or the response at the sender of the request. */
  readonly withheld?: "request" | "response";
}
