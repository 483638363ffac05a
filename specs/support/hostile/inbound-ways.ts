import { deflateSync, gzipSync } from "node:zlib";
import { dripped, endlessly, type Script } from "./way.js";

/** What a caller does to a listener of ours, over TLS unless said. */
export interface InboundWay {
  readonly name: string;
  /** What it writes. */
  say(host: string): Script;
  /** What it may get: a status, or that we close without one. */
  readonly gets: readonly (number | "closed")[];
  /** Writes before any TLS. */
  readonly plain?: true;
  /** Names this server in its ClientHello. */
  readonly sni?: string;
  /** Ends its side when it has said all. */
  readonly ends?: true;
}

const PATH = "/_matrix/federation/v1/send/t1";
const put = (host: string, ...lines: readonly string[]) =>
  `PUT ${PATH} HTTP/1.1\r\n${[`Host: ${host}`, "Content-Type: application/json", ...lines].join("\r\n")}\r\n\r\n`;
const get = (host: string, ...lines: readonly string[]) =>
  `GET /_matrix/federation/v1/version HTTP/1.1\r\n${[`Host: ${host}`, ...lines].join("\r\n")}\r\n\r\n`;
const withBody = (host: string, body: string | Uint8Array, ...lines: readonly string[]): Script => [
  put(host, `Content-Length: ${body.length}`, ...lines),
  body,
];
const zeros = () => Buffer.alloc(8 * 1024 * 1024);
const closed = ["closed"] as const;

/** Ways in which a server under test, or anybody on its network, may call ours. */
export const INBOUND_WAYS: readonly InboundWay[] = [
  { name: "connects and says nothing", say: () => [], gets: closed },
  { name: "connects and says nothing of TLS", say: () => [], gets: closed, plain: true },
  { name: "speaks plain HTTP", say: (host) => [get(host)], gets: [400, "closed"], plain: true },
  { name: "sends garbage where TLS is due", say: () => endlessly("garbage "), gets: closed, plain: true },
  {
    name: "drips garbage where TLS is due",
    say: () => dripped("\u0016\u0003\u0001\u0002".repeat(500)),
    gets: closed,
    plain: true,
  },
  {
    name: "names a server that there is not",
    say: (host) => [get(host)],
    gets: [404, "closed"],
    sni: "nobody.invalid",
  },
  {
    name: "names a server with marks that no name has",
    say: (host) => [get(host)],
    gets: [404, "closed"],
    sni: "a_b!.invalid",
  },
  {
    name: "names a server at great length",
    say: (host) => [get(host)],
    gets: [404, "closed"],
    sni: `${"a".repeat(60)}.${"b".repeat(60)}.invalid`,
  },
  {
    name: "sends a head without end",
    say: (host) => endlessly("X-Flood: y\r\n", `GET / HTTP/1.1\r\nHost: ${host}\r\n`),
    gets: [431, "closed"],
  },
  {
    name: "sends one header without end",
    say: (host) => endlessly("x", `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Long: `),
    gets: [431, "closed"],
  },
  { name: "sends a target without end", say: () => endlessly("x", "GET /"), gets: [431, 414, "closed"] },
  { name: "drips its head", say: (host) => dripped(get(host, `X-Slow: ${"x".repeat(2000)}`)), gets: [408, "closed"] },
  { name: "stops within its head", say: (host) => [get(host).slice(0, 40)], gets: [408, "closed"] },
  { name: "closes within its head", say: (host) => [get(host).slice(0, 40)], gets: [400, "closed"], ends: true },
  {
    name: "sends a body without end",
    say: (host) => endlessly(" ", put(host, "Content-Length: 1099511627776")),
    gets: [413, "closed"],
  },
  {
    name: "sends chunks without end",
    say: (host) => endlessly(`1000\r\n${" ".repeat(4096)}\r\n`, put(host, "Transfer-Encoding: chunked")),
    gets: [413, "closed"],
  },
  {
    name: "drips its body",
    say: (host) => [put(host, "Content-Length: 2000"), ...dripped("x".repeat(2000))],
    gets: [408, "closed"],
  },
  { name: "stops within its body", say: (host) => [put(host, "Content-Length: 2000"), "{"], gets: [408, "closed"] },
  { name: "closes within its body", say: (host) => [put(host, "Content-Length: 2000"), "{"], gets: closed, ends: true },
  { name: "says a negative length", say: (host) => [put(host, "Content-Length: -1")], gets: [400, "closed"] },
  {
    name: "says two lengths",
    say: (host) => [put(host, "Content-Length: 2", "Content-Length: 3"), "{}x"],
    gets: [400, "closed"],
  },
  {
    name: "says a length and chunks",
    say: (host) => [put(host, "Content-Length: 2", "Transfer-Encoding: chunked"), "2\r\n{}\r\n0\r\n\r\n"],
    gets: [400, "closed"],
  },
  {
    name: "sends chunks that are no chunks",
    say: (host) => [put(host, "Transfer-Encoding: chunked"), "zz\r\n{}\r\n"],
    gets: [400, "closed"],
  },
  { name: "sends a NUL in a header", say: (host) => [get(host, "X-Odd: a\0b")], gets: [400, "closed"] },
  { name: "speaks HTTP/0.9", say: () => ["GET /\r\n\r\n"], gets: [400, 404, "closed"] },
  { name: "speaks HTTP/2 unasked", say: () => ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"], gets: [400, 505, "closed"] },
  {
    name: "wants a tunnel",
    say: (host) => [`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`],
    gets: [400, 404, 405, "closed"],
  },
  {
    name: "wants another protocol",
    say: (host) => [get(host, "Connection: Upgrade", "Upgrade: websocket")],
    gets: [200],
  },
  {
    name: "waits to be told to go on",
    say: (host) => [put(host, "Content-Length: 2", "Expect: 100-continue"), "{}"],
    gets: [100, 401, 400],
  },
  { name: "expects what nobody knows", say: (host) => [get(host, "Expect: 200-ok")], gets: [417] },
  { name: "asks a thousand times at once", say: (host) => [get(host).repeat(1000)], gets: [200] },
  {
    name: "packs its body with gzip, a bomb",
    say: (host) => withBody(host, gzipSync(zeros()), "Content-Encoding: gzip"),
    gets: [400, 401],
  },
  {
    name: "packs its body with deflate, a bomb",
    say: (host) => withBody(host, deflateSync(zeros()), "Content-Encoding: deflate"),
    gets: [400, 401],
  },
  {
    name: "nests its body a hundred thousand deep",
    say: (host) => withBody(host, '{"a":'.repeat(100_000)),
    gets: [400, 401],
  },
  {
    name: "sends a body that is no UTF-8",
    say: (host) => withBody(host, Uint8Array.from([0x7b, 0xff, 0x7d])),
    gets: [400, 401],
  },
  {
    name: "shows a signature of a megabyte's tenth",
    say: (host) => [get(host, `Authorization: X-Matrix ${"sig=,".repeat(5000)}`)],
    gets: [200, 400, 401],
  },
  {
    name: "shows a signature that is all quotation marks",
    say: (host) => [get(host, `Authorization: X-Matrix origin="${'\\"'.repeat(10_000)}`)],
    gets: [200, 400, 401],
  },
];
