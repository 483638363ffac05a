import { Agent } from "undici";
import type { RawHeaders } from "../evidence/exchange.js";
import type { JsonValue } from "../matrix/json.js";
import { readJson } from "../matrix/read-json.js";
import { pairHeaders } from "../net/hop-by-hop.js";
import { withinTime } from "../net/time-limit.js";
import { type ClientAnswer, ClientConnectionError } from "./client-error.js";
import type { ClientRecorder } from "./recorder.js";

export interface ConnectionOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Absent when not known: exchanges then name the URL's host. */
  readonly serverName?: string;
  readonly recorder: ClientRecorder;
  /** Bytes of an answer's body. */
  readonly maxBodyBytes?: number;
  /** Milliseconds for the whole exchange where the request does not say; a minute unless given. */
  readonly timeoutMs?: number;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs?: number;
  /** Sent as it is instead of a JSON body. */
  readonly file?: { readonly type: string; readonly bytes: Uint8Array };
}

export interface Sender {
  /** A user id, or undefined before there is one. */
  readonly userId?: string;
  readonly accessToken?: string;
}

/** What carries a client's requests to its server. */
export interface ClientTransport {
  /** Rejects with {@link ClientConnectionError} when no whole answer came back, with the signal's reason when it was aborted. */
  send(sender: Sender, method: string, path: string, body?: JsonValue, options?: RequestOptions): Promise<ClientAnswer>;
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 60_000;

const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 10_000 } });

interface RawAnswer {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** JSON over HTTP to one server's client API; every exchange is recorded. */
export class Connection implements ClientTransport {
  readonly #options: ConnectionOptions;
  readonly #base: URL;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#base = new URL(options.baseUrl);
  }

  async send(
    sender: Sender,
    method: string,
    path: string,
    body?: JsonValue,
    options: RequestOptions = {},
  ): Promise<ClientAnswer> {
    const json = body === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(body));
    const requestBody = options.file?.bytes ?? json;
    const type = options.file?.type ?? (body === undefined ? undefined : "application/json");
    const requestHeaders: [string, string][] = [
      ["Accept", "application/json"],
      ...(type === undefined ? [] : ([["Content-Type", type]] as [string, string][])),
      ...(sender.accessToken === undefined
        ? []
        : ([["Authorization", `Bearer ${sender.accessToken}`]] as [string, string][])),
    ];
    const target = `${this.#base.pathname.replace(/\/$/, "")}${path}`;
    const from = sender.userId ?? "anonymous";
    const to = this.#options.serverName ?? this.#base.host;
    const request = { from, to, method, target, requestHeaders, requestBody, startedAt: Date.now() };
    try {
      const raw = await this.#exchange(method, target, requestHeaders, requestBody, options);
      const answered = { status: raw.status, responseHeaders: raw.headers, responseBody: raw.body };
      const exchangeId = this.#options.recorder.record({ ...request, ...answered, endedAt: Date.now() });
      return { status: raw.status, body: readJson(raw.body), exchangeId, bytes: raw.body.length };
    } catch (cause) {
      const failure = cause instanceof Error ? cause.message : String(cause);
      const exchangeId = this.#options.recorder.record({ ...request, failure, endedAt: Date.now() });
      options.signal?.throwIfAborted();
      throw new ClientConnectionError(`${method} ${target} at ${to}: ${failure}`, exchangeId, { cause });
    }
  }

  #exchange(
    method: string,
    target: string,
    headers: readonly (readonly [string, string])[],
    body: Uint8Array,
    options: RequestOptions,
  ): Promise<RawAnswer> {
    const limitMs = options.timeoutMs ?? this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    return withinTime(limitMs, options.signal, (signal) => this.#answered(method, target, headers, body, signal));
  }

  async #answered(
    method: string,
    target: string,
    headers: readonly (readonly [string, string])[],
    body: Uint8Array,
    signal: AbortSignal,
  ): Promise<RawAnswer> {
    const answer = await agent.request({
      origin: this.#base.origin,
      path: target,
      method,
      headers: headers.flat(),
      // An empty body is sent with POST and PUT, so that servers which insist on a length get one.
      body: method === "GET" ? null : body,
      signal,
      responseHeaders: "raw",
    });
    const raw = answer.headers as unknown as readonly (string | Buffer)[];
    const limit = this.#options.maxBodyBytes ?? MAX_BODY_BYTES;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) throw new Error(`the answer is larger than ${limit} bytes`);
      chunks.push(chunk);
    }
    return { status: answer.statusCode, headers: pairHeaders(raw.map(String)), body: Buffer.concat(chunks) };
  }
}
