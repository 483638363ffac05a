import { isIP } from "node:net";
import {
  checkServerIdentity,
  connect as connectTls,
  createSecureContext,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import { type buildConnector, Pool } from "undici";
import { Recent } from "../matrix/recent.js";
import { endToEnd, pairHeaders } from "./hop-by-hop.js";
import { DEFAULT_LIMITS, type NetLimits } from "./limits.js";
import { asNetError, NetError } from "./net-error.js";
import type { RawHeaders, WireRequest, WireResponse } from "./wire.js";

/** Where to connect for a server name, and which certificate must be presented there. */
export interface TlsRoute {
  readonly host: string;
  readonly port: number;
  /** The host name or address that the certificate must be for, and the SNI where it is a DNS name; `host` itself when absent. */
  readonly servername?: string;
  /** PEM of the only accepted authority; the system's when absent. */
  readonly ca?: string;
  /** Takes whatever certificate is presented. */
  readonly anyCertificate?: boolean;
}

export interface TlsClientOptions {
  /** May throw or reject: the request then fails without a connection. */
  route(destination: string): TlsRoute | Promise<TlsRoute>;
  /** Told of each TCP connection before any byte of TLS is sent. */
  connected?(socket: TLSSocket): void;
  readonly limits?: NetLimits;
  /** How long a connection may stay open unused, in milliseconds, whatever the server offers: 20 s unless said. */
  readonly idleMs?: number;
}

/** A run has thousands of peers, each heard for seconds; a server that offers to wait for minutes is not kept waiting. */
const IDLE_MS = 20_000;

/** HTTPS to other servers by server name: keep-alive, HTTP/1.1, no redirects, no decompression, nothing followed. */
export class TlsClient {
  readonly #pools = new Map<string, Pool>();
  readonly #options: TlsClientOptions;
  readonly #limits: NetLimits;
  #closed = false;

  constructor(options: TlsClientOptions) {
    this.#options = options;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
  }

  /** Rejects with a {@link NetError} when no HTTP answer came back. */
  async send(destination: string, request: WireRequest): Promise<WireResponse> {
    if (this.#closed) throw new NetError("aborted", `the connections to ${destination} are closed`);
    const deadline = new Deadline(this.#limits.timeoutMs, request.signal);
    try {
      return await this.#exchange(destination, request, deadline.signal);
    } catch (cause) {
      throw deadline.reason(destination) ?? asNetError(cause, destination);
    } finally {
      deadline.clear();
    }
  }

  /** Drops the connections to a server, so that the next request connects anew. */
  async forget(destination: string): Promise<void> {
    const pool = this.#pools.get(destination);
    this.#pools.delete(destination);
    await pool?.destroy();
  }

  /** Sends nothing more, and closes its connections as soon as they are answered. */
  async end(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
    this.#pools.clear();
  }

  /** Sends nothing more; what is under way fails. */
  async close(): Promise<void> {
    this.#closed = true;
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  async #exchange(destination: string, request: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    const answer = await this.#pool(destination).request({
      method: request.method as "GET",
      path: request.target,
      headers: outgoing(request.headers, destination),
      body: request.body.length > 0 || mayCarryBody(request.method) ? request.body : null,
      responseHeaders: "raw",
      signal,
    });
    const body = new Uint8Array(await answer.body.arrayBuffer());
    return { status: answer.statusCode, headers: pairHeaders(answer.headers as unknown as string[]), body };
  }

  #pool(destination: string): Pool {
    const known = this.#pools.get(destination);
    if (known) return known;
    // The origin is never looked up: `connect` decides where the bytes go, the Host header says for whom.
    const pool = new Pool("https://server.invalid", {
      connections: 32,
      maxResponseSize: this.#limits.maxBodyBytes,
      maxHeaderSize: this.#limits.maxHeaderBytes,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveMaxTimeout: this.#options.idleMs ?? IDLE_MS,
      connect: (_, callback) => this.#connect(destination, callback),
    });
    this.#pools.set(destination, pool);
    return pool;
  }

  #connect(destination: string, callback: buildConnector.Callback): void {
    Promise.resolve()
      .then(() => this.#options.route(destination))
      .then((route) => openTls(route, this.#limits.connectTimeoutMs, this.#options.connected))
      .then(
        (socket) => callback(null, socket),
        (cause) => callback(asNetError(cause, destination), null),
      );
  }
}

// Reading an authority costs more than a connection, and a run has one for thousands of connections.
const trusting = new Recent<SecureContext>(16);

function contextOf(ca: string): SecureContext {
  return trusting.answer(ca, () => createSecureContext({ ca }));
}

function openTls(route: TlsRoute, timeoutMs: number, connected?: (socket: TLSSocket) => void): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      host: route.host,
      port: route.port,
      ...(route.servername && isIP(route.servername) === 0 ? { servername: route.servername } : {}),
      ...(route.ca ? { secureContext: contextOf(route.ca) } : {}),
      ...(route.anyCertificate ? { rejectUnauthorized: false } : {}),
      ALPNProtocols: ["http/1.1"],
      // The certificate is for the server's name even where the bytes go to another address, and where an IP literal rules SNI out.
      checkServerIdentity: (_, certificate) => checkServerIdentity(route.servername ?? route.host, certificate),
    });
    const timer = setTimeout(() => {
      socket.destroy(new NetError("connect", `no TLS connection to ${route.host}:${route.port} in ${timeoutMs} ms`));
    }, timeoutMs);
    socket.setNoDelay(true);
    socket.once("connect", () => connected?.(socket));
    socket.once("error", reject);
    socket.once("close", () => {
      clearTimeout(timer);
      reject(new NetError("cut", `${route.host}:${route.port} closed the connection during the handshake`));
    });
    socket.once("secureConnect", () => {
      clearTimeout(timer);
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

function outgoing(headers: RawHeaders, destination: string): string[] {
  const own = endToEnd(headers).filter(([name]) => name.toLowerCase() !== "content-length");
  const named = own.some(([name]) => name.toLowerCase() === "host");
  return (named ? own : [["Host", destination] as const, ...own]).flat();
}

function mayCarryBody(method: string): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}

/** One signal for the caller's own abort and the time limit. */
class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;
  readonly #abort = () => this.#controller.abort(new NetError("aborted", "the caller gave up"));

  constructor(ms: number, outer: AbortSignal | undefined) {
    this.#outer = outer;
    this.#timer = setTimeout(() => this.#controller.abort(new NetError("timeout", `no full answer in ${ms} ms`)), ms);
    if (outer?.aborted) this.#abort();
    else outer?.addEventListener("abort", this.#abort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  reason(destination: string): NetError | undefined {
    const reason: unknown = this.#controller.signal.reason;
    return reason instanceof NetError
      ? new NetError(reason.code, `no HTTP answer from ${destination}: ${reason.message}`)
      : undefined;
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#abort);
  }
}
