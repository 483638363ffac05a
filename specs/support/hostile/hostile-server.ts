import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";
import type { LabCertificate } from "../../../src/lab/lab.js";
import { type HttpWay, perform, type Way } from "./way.js";

const END_OF_HEAD = "\r\n\r\n";

export interface HostileServer {
  readonly way: Way;
  readonly port: number;
  /** Connections that are open now. */
  readonly open: number;
  /** Resolves when no connection is open; the other side must have closed them all. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** A server that behaves in that way on a port of its own; in TLS where a certificate is given. */
export async function openHostile(way: Way, certificate?: LabCertificate): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    accept(way, socket, certificate);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    way,
    port: (server.address() as AddressInfo).port,
    get open() {
      return sockets.size;
    },
    idle: async () => {
      await Promise.all([...sockets].map(ended));
    },
    close: () => closed(server, sockets),
  };
}

function accept(way: Way, socket: Socket, certificate: LabCertificate | undefined): void {
  if (way.on === "tcp") {
    way.act(socket);
    return;
  }
  const stream = certificate === undefined ? socket : secured(socket, way, certificate);
  stream.on("error", () => socket.destroy());
  stream.on("end", () => stream.destroy());
  if (way.on === "http") answerEach(stream, way);
  else stream.resume();
}

function secured(socket: Socket, way: Way, { certificate: cert, key }: LabCertificate): TLSSocket {
  const settings = way.on === "tls" ? way.settings : {};
  const { ALPNProtocols, requestCert, rejectUnauthorized, ...context } = settings ?? {};
  const secure = new TLSSocket(socket, {
    isServer: true,
    secureContext: createSecureContext({ cert, key, ...context }),
    ...(ALPNProtocols === undefined ? {} : { ALPNProtocols }),
    ...(requestCert === true ? { requestCert, rejectUnauthorized: rejectUnauthorized ?? false } : {}),
  });
  // What a listener of Node's own does with a client that shows no certificate.
  if (requestCert === true) secure.on("secure", () => secure.authorized || socket.destroy());
  secure.once("close", () => socket.destroy());
  return secure;
}

/** Answers every request of a connection in the same way. */
function answerEach(stream: Duplex, way: HttpWay): void {
  let unread = "";
  const act = () =>
    void perform(stream, way.answer()).then(() => {
      if (way.ends === "close") stream.end();
      if (way.ends === "reset") stream.destroy();
    });
  if (way.early === true) {
    whenReady(stream, act);
    return;
  }
  stream.on("data", (data: Buffer) => {
    unread = `${unread}${data.toString("latin1")}`.slice(-65_536);
    const end = unread.indexOf(END_OF_HEAD);
    if (end < 0) return;
    unread = unread.slice(end + END_OF_HEAD.length);
    act();
  });
}

function whenReady(stream: Duplex, act: () => void): void {
  stream.resume();
  if (stream instanceof TLSSocket) stream.once("secure", act);
  else act();
}

/** When the other side has ended the connection: what it sent is read now, so that its end is seen. */
function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
    socket.once("end", () => socket.destroy());
    if (socket.readableEnded) socket.destroy();
    else socket.resume();
  });
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
