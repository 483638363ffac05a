import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { endToEnd, pairHeaders } from "../net/hop-by-hop.js";
import type { NetLimits } from "../net/limits.js";
import { NetError, type NetErrorCode } from "../net/net-error.js";
import { Budget, readBody } from "../net/read-body.js";
import { TlsClient, type TlsRoute } from "../net/tls-client.js";
import type { WireRequest, WireResponse } from "../net/wire.js";
import { Alterations, type Backward, type Replay } from "./altering/alterations.js";
import type { AlterationRule } from "./altering/rule.js";
import { type Door, serverBehind, siteBehind } from "./door.js";
import type { Hosts } from "./hosts.js";
import type { Upstream } from "./lab.js";
import { hostOf } from "./names.js";
import { Partitions } from "./partitions.js";
import type { LabNote, TapRecord, TapRecorder } from "./recorder.js";
import { Senders } from "./senders.js";
import { Turns } from "./turns.js";

export interface TapOptions {
  /** PEM of the authority by which servers behind the tap are verified. */
  readonly ca: string;
  readonly recorder: TapRecorder;
  readonly note: LabNote;
  readonly limits: NetLimits;
  readonly hosts: Hosts;
  now(): number;
  /** Which server a request claims to be from; asked only where socket and address do not tell. */
  claimedOrigin(request: WireRequest): string | undefined;
}

/** Why a request may fail that is no fault of the server it is for. */
const OWN_TROUBLE: ReadonlySet<NetErrorCode> = new Set(["local", "unknown-name", "interim"]);

/** What the routing of one request came to. */
type Passage = Pick<TapRecord, "interference" | "failure" | "altered"> & {
  /** As the server gave it. */
  readonly answer?: WireResponse;
  readonly rules?: readonly AlterationRule[];
};

/**
 * Reads each request whole, takes it to the server it is for, gives the answer back, and reports both. Nothing is changed but
 * by the rules that a scenario sets.
 */
export class Tap {
  readonly senders = new Senders();
  readonly partitions = new Partitions();
  readonly alterations = new Alterations();
  readonly #turns = new Turns();
  readonly #upstreams = new Map<string, Upstream>();
  readonly #forward: TlsClient;
  readonly #buffered: Budget;

  constructor(private readonly options: TapOptions) {
    this.#buffered = new Budget(options.limits.maxBufferedBytes);
    this.#forward = new TlsClient({ route: (name) => this.#route(name), limits: options.limits });
  }

  attach(serverName: string, upstream: Upstream): void {
    this.#upstreams.set(serverName, upstream);
  }

  async detach(serverName: string): Promise<void> {
    this.#upstreams.delete(serverName);
    await this.#forward.forget(serverName);
  }

  attached(serverName: string): boolean {
    return this.#upstreams.has(serverName);
  }

  /** Whether a server of this host name is behind the tap, on whatever port. */
  knowsHost(host: string): boolean {
    return [...this.#upstreams.keys()].some((name) => hostOf(name) === host);
  }

  async close(): Promise<void> {
    this.#upstreams.clear();
    await this.#forward.close();
  }

  /** Serves one request of a listener. */
  async serve(message: IncomingMessage, response: ServerResponse, door: Door): Promise<void> {
    const startedAt = this.options.now();
    const gone = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) gone.abort(new NetError("aborted", "the sender went away"));
    });
    const body = await readBody(message, this.options.limits.maxBodyBytes, this.#buffered).catch(() => undefined);
    const request = wireRequest(message, body ?? new Uint8Array(), gone.signal);
    const from = this.#senderOf(message.socket, request);
    const host = message.headers.host ?? request.sni ?? message.socket.localAddress ?? "";
    const { hosts } = this.options;
    const site = siteBehind(door, host, request, hosts);
    const to = site?.host ?? serverBehind(door, host, request, { hosts, attached: this.#upstreams });
    const take = () => this.#take(request, { from, to, gone });
    const passage = site ?? (body ? await this.#turns.beside({ from, to, request }, take) : unread(gone.signal));
    const failure = deliver(response, request, passage);
    this.#record({ from, to, request, port: door.port }, passage, startedAt, failure);
  }

  /** Sends a request again, as it was sent before, and records it as the tap's own. Resolves to the exchange's id; rejects when it is too late. */
  async replay({ from, to, request }: Replay, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const startedAt = this.options.now();
    const gone = new AbortController();
    const abort = () => gone.abort(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    // The lab's way out names the server that is meant by the Host header (RFC 9110 section 7.2).
    const headers = [["Host", to] as const, ...request.headers.filter(([name]) => name.toLowerCase() !== "host")];
    const again = { ...request, headers, signal: gone.signal };
    const sender = `the tap, as ${from}`;
    try {
      const pass = () => this.#pass(again, { from: sender, to, gone });
      const passage = await this.#turns.alone({ from, to, request }, pass);
      return this.#record({ from: sender, to, request: again }, passage, startedAt, passage.failure);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  #record(
    { from, to, request, port }: Replay & { readonly port?: number },
    passage: Passage,
    startedAt: number,
    failure: string | undefined,
  ): string {
    const { answer, interference, altered, rules } = passage;
    const id = this.options.recorder.record({
      ...{ from, to, method: request.method, target: request.target },
      ...{ requestHeaders: request.headers, requestBody: request.body, startedAt, endedAt: this.options.now() },
      ...(request.sni ? { sni: request.sni } : {}),
      ...(port === undefined ? {} : { port }),
      ...(interference ? { interference } : {}),
      ...(altered ? { altered } : {}),
      ...(answer && (!failure || altered) ? answered(answer) : {}),
      ...(failure ? { failure } : {}),
    });
    if (rules) this.alterations.recorded(rules, id);
    return id;
  }

  /** What passes there and back, altered by the rules between the two servers. */
  async #take(request: WireRequest, path: { from: string; to: string; gone: AbortController }): Promise<Passage> {
    const { from, to } = path;
    const onward = this.alterations.onward(from, to, request);
    const there = onward.request === request ? {} : { request: onward.request };
    if (onward.kept) {
      const { answer } = onward.kept;
      const altered = { ...there, ...(answer ? { response: answer } : {}), withheld: "request" } as const;
      return { failure: "the tap kept the request", altered, ...ruled(onward.rules) };
    }
    const passage = await this.#pass(onward.request, path);
    const back: Backward = passage.answer
      ? this.alterations.backward(from, to, request, passage.answer)
      : { rules: [] };
    const rules = [...onward.rules, ...back.rules];
    if (rules.length === 0) return passage;
    return { ...passage, altered: { ...there, ...arrivedInstead(passage.answer, back) }, ...ruled(rules) };
  }

  async #pass(request: WireRequest, path: { from: string; to: string; gone: AbortController }): Promise<Passage> {
    const { from, to, gone } = path;
    if (this.partitions.cut(from, to)) {
      this.partitions.lose(from, to);
      return { failure: "the line is cut", interference: "partition" };
    }
    const upstream = this.#upstreams.get(to);
    if (!upstream) return this.#unknown(from, to);
    const cut = new NetError("cut", "the line is cut");
    const unwatch = this.partitions.watch(from, to, () => {
      this.partitions.lose(from, to);
      gone.abort(cut);
    });
    const { timeoutMs } = this.options.limits;
    const late = new NetError("timeout", `no full answer in ${timeoutMs} ms`);
    const timer = setTimeout(() => gone.abort(late), timeoutMs);
    try {
      return { answer: await unlessAborted(this.#ask(upstream, to, request), gone.signal) };
    } catch (cause) {
      const failure = cause instanceof Error ? cause.message : String(cause);
      if (gone.signal.reason === cut) return { failure, interference: "partition" };
      const own = cause instanceof NetError && OWN_TROUBLE.has(cause.code);
      return own ? { failure, interference: "the lab could not carry it" } : { failure };
    } finally {
      clearTimeout(timer);
      unwatch();
    }
  }

  #ask(upstream: Upstream, to: string, request: WireRequest): Promise<WireResponse> {
    return upstream.kind === "handler" ? upstream.handler(request) : this.#forward.send(to, request);
  }

  #unknown(from: string, to: string): Passage {
    this.options.note("unknown-server", { from, to });
    const body = new TextEncoder().encode('{"errcode":"M_NOT_FOUND","error":"No server of this lab has this name"}');
    return {
      answer: { status: 404, headers: [["Content-Type", "application/json"]], body },
      interference: "no such server",
    };
  }

  #route(serverName: string): TlsRoute {
    const upstream = this.#upstreams.get(serverName);
    if (upstream?.kind !== "tls") throw new NetError("unknown-name", `${serverName} is not behind the tap`);
    const servername = hostOf(serverName);
    return { host: upstream.host, port: upstream.port, servername, ca: upstream.ca ?? this.options.ca };
  }

  #senderOf(socket: Socket, request: WireRequest): string {
    const told = this.senders.of(socket);
    if (told) return told;
    const claimed = this.options.claimedOrigin(request);
    return claimed && this.attached(claimed) ? claimed : `unknown (${socket.remoteAddress ?? "gone"})`;
  }
}

function wireRequest(message: IncomingMessage, body: Uint8Array, signal: AbortSignal): WireRequest {
  const sni = (message.socket as TLSSocket & { servername?: string | false }).servername;
  return {
    method: message.method ?? "",
    target: message.url ?? "",
    headers: pairHeaders(message.rawHeaders),
    body,
    signal,
    ...(sni ? { sni } : {}),
  };
}

/** Settles with the work, or rejects as soon as nobody waits for it any more. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    if (signal.aborted) abort();
  });
}

/** What the sender of a request got in place of the answer that was given. */
function arrivedInstead(answer: WireResponse | undefined, { response }: Backward): NonNullable<Passage["altered"]> {
  if (answer === undefined || response === answer) return {};
  return response === undefined ? { withheld: "response" } : { response };
}

function ruled(rules: readonly AlterationRule[]): Pick<Passage, "rules" | "interference"> {
  return { rules, interference: `altered on the way: ${rules.map(({ name }) => name).join(", ")}` };
}

function unread(gone: AbortSignal): Passage {
  if (gone.aborted) return { failure: "the sender went away before its request was whole" };
  return {
    answer: { status: 413, headers: [], body: new Uint8Array() },
    interference: "request longer than the lab allows",
  };
}

function answered(answer: WireResponse): Pick<TapRecord, "status" | "responseHeaders" | "responseBody"> {
  return { status: answer.status, responseHeaders: answer.headers, responseBody: answer.body };
}

/** Writes the answer, or cuts the connection where there is none. Returns why the sender got nothing. */
function deliver(response: ServerResponse, request: WireRequest, passage: Passage): string | undefined {
  const { altered, answer } = passage;
  const arriving = altered?.response ?? (altered?.withheld === "response" ? undefined : answer);
  if (!arriving) {
    response.socket?.destroy();
    return passage.failure ?? (altered?.withheld ? "the tap kept the answer" : "no answer");
  }
  try {
    write(response, request.method, arriving);
    return passage.failure;
  } catch (cause) {
    response.socket?.destroy();
    return `the answer cannot be sent: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

function write(response: ServerResponse, method: string, answer: WireResponse): void {
  response.sendDate = false;
  const headers = endToEnd(answer.headers).map(([name, value]) => [name, value] as const);
  const length = headers.find(([name]) => name.toLowerCase() === "content-length")?.[1];
  const bodyless = method === "HEAD" || answer.status === 204 || answer.status === 304;
  if (length === undefined && !bodyless) headers.push(["Content-Length", String(answer.body.length)]);
  // A length that the server got wrong is passed on as it is; the connection cannot be used again after it.
  const wrong = length !== undefined && !bodyless && Number(length) !== answer.body.length;
  response.writeHead(answer.status, (wrong ? [...headers, ["Connection", "close"] as const] : headers).flat());
  response.end(answer.body, () => {
    if (wrong) response.socket?.destroy();
  });
}
