import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pairHeaders } from "./hop-by-hop.js";
import { DEFAULT_LIMITS, listenerTimes, type NetLimits } from "./limits.js";
import { Budget, readBody } from "./read-body.js";
import { header, type WireHandler, type WireResponse } from "./wire.js";

export interface ListenOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly limits?: NetLimits;
}

export interface HttpListener {
  /** Base URL without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts the connections that are still open. */
  close(): Promise<void>;
}

/** Plain HTTP in front of a handler: headers as sent, bodies byte for byte and of bounded size (413 beyond). */
export async function listenHttp(handler: WireHandler, options: ListenOptions): Promise<HttpListener> {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const settings = { maxHeaderSize: limits.maxHeaderBytes, ...listenerTimes(limits) };
  const buffered = new Budget(limits.maxBufferedBytes);
  const server = createServer(settings, (request, response) => {
    answer(handler, request, response, { ...limits, buffered }).catch((error: unknown) =>
      response.destroy(asError(error)),
    );
  });
  server.maxConnections = limits.maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return { url: `http://${host}:${port}`, port, close };
}

async function answer(
  handler: WireHandler,
  request: IncomingMessage,
  response: ServerResponse,
  limits: NetLimits & { readonly buffered: Budget },
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort(new Error("the caller has gone away"));
  });
  const body = await readBody(request, limits.maxBodyBytes, limits.buffered);
  if (body === undefined) {
    write(response, { status: 413, headers: [["Connection", "close"]], body: new Uint8Array() });
    return;
  }
  const { method = "GET", url: target = "/" } = request;
  write(
    response,
    await handler({ method, target, headers: pairHeaders(request.rawHeaders), body, signal: gone.signal }),
  );
}

function write(response: ServerResponse, answered: WireResponse): void {
  const headers = answered.headers.flat();
  if (header(answered.headers, "content-length") === undefined)
    headers.push("Content-Length", String(answered.body.length));
  response.writeHead(answered.status, headers);
  response.end(answered.body);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
