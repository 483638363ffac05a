import type { Socket } from "node:net";
import { dripped, endlessly, perform, type TcpWay } from "./way.js";

const writing = (text: string | Uint8Array) => (socket: Socket) => {
  socket.write(text);
};
/** After the first bytes of the other side, the ClientHello. */
const onHello = (act: (socket: Socket) => void) => (socket: Socket) => {
  socket.once("data", () => act(socket));
};
const RECORD = { alert: 0x15, handshake: 0x16 } as const;
const record = (type: number, body: readonly number[], length = body.length) =>
  Uint8Array.from([type, 3, 3, length >> 8, length & 0xff, ...body]);

/** Servers that never come to HTTP: what they do when a connection is made. */
export const TCP_WAYS: readonly TcpWay[] = [
  { on: "tcp", name: "closes every connection at once", outcome: ["cut", "tls"], act: (socket) => socket.destroy() },
  { on: "tcp", name: "resets every connection at once", outcome: "cut", act: (socket) => socket.resetAndDestroy() },
  { on: "tcp", name: "half-closes every connection", outcome: ["cut", "tls"], act: (socket) => socket.end() },
  { on: "tcp", name: "accepts connections and never says a word", outcome: "connect", act: () => undefined },
  { on: "tcp", name: "does not even read", outcome: "connect", act: (socket) => socket.pause() },
  {
    on: "tcp",
    name: "closes after the ClientHello",
    outcome: ["cut", "tls"],
    act: onHello((socket) => socket.destroy()),
  },
  {
    on: "tcp",
    name: "resets after the ClientHello",
    outcome: "cut",
    act: onHello((socket) => socket.resetAndDestroy()),
  },
  {
    on: "tcp",
    name: "speaks plain HTTP where TLS is due",
    outcome: "tls",
    act: onHello(writing("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")),
  },
  { on: "tcp", name: "speaks SSH", outcome: "tls", act: writing("SSH-2.0-OpenSSH_9.7\r\n") },
  {
    on: "tcp",
    name: "sends garbage without end",
    outcome: "tls",
    act: (socket) => void perform(socket, endlessly("garbage ")),
  },
  { on: "tcp", name: "refuses the handshake", outcome: "tls", act: onHello(writing(record(RECORD.alert, [2, 40]))) },
  {
    on: "tcp",
    name: "cuts the handshake within the ServerHello",
    outcome: ["cut", "tls"],
    act: onHello(cutServerHello),
  },
  {
    on: "tcp",
    name: "stops within the ServerHello",
    outcome: "connect",
    act: onHello(writing(record(RECORD.handshake, [2, 0, 0, 70, 3, 3], 74))),
  },
  {
    on: "tcp",
    name: "announces a record that is longer than records may be",
    outcome: "tls",
    act: onHello(writing(record(RECORD.handshake, [2], 0xffff))),
  },
  {
    on: "tcp",
    name: "drips its ServerHello",
    outcome: "connect",
    act: onHello(
      (socket) =>
        void perform(socket, dripped(Buffer.from(record(RECORD.handshake, [2, 0, 0, 70], 74)).toString("latin1"), 300)),
    ),
  },
  { on: "tcp", name: "echoes the ClientHello", outcome: "tls", act: (socket) => void socket.pipe(socket) },
];

function cutServerHello(socket: Socket): void {
  socket.end(record(RECORD.handshake, [2, 0, 0, 70, 3, 3], 74));
}
