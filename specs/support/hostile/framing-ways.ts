import { answered, dripped, endlessly, type HttpWay } from "./way.js";

const VERSION = '{"server":{"name":"Sound","version":"1"}}';
const OK = "HTTP/1.1 200 OK\r\n";
const JSON_TYPE = "Content-Type: application/json\r\n";
const CHUNKED = `${OK}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

type Row = readonly [
  name: string,
  outcome: HttpWay["outcome"],
  answer: HttpWay["answer"],
  more?: Partial<Pick<HttpWay, "ends" | "early" | "json">>,
];

const nothing = () => [];
const text =
  (...parts: readonly string[]) =>
  () =>
    parts;
const headed = (...lines: readonly string[]) => text(`${OK}${lines.join("\r\n")}\r\n\r\n`);
const withStatus = (line: string) => text(`${line}\r\n${JSON_TYPE}Content-Length: ${VERSION.length}\r\n\r\n${VERSION}`);
const jsonAnd = { json: true } as const;

const PHASES: readonly Row[] = [
  ["closes when the request has come", "cut", nothing, { ends: "close" }],
  ["resets when the request has come", "cut", nothing, { ends: "reset" }],
  ["closes right after the handshake", "cut", nothing, { ends: "close", early: true }],
  ["never answers", "timeout", nothing],
  ["closes within the status line", ["cut", "malformed"], text("HTTP/1."), { ends: "close" }],
  ["closes within the head", ["cut", "malformed"], text(`${OK}Content-`), { ends: "close" }],
  ["stops within the head", "timeout", text(`${OK}Content-`)],
  ["closes within the body", "cut", text(`${OK}Content-Length: 40\r\n\r\n{"server"`), { ends: "close" }],
  ["resets within the body", "cut", text(`${OK}Content-Length: 40\r\n\r\n{"server"`), { ends: "reset" }],
  ["stops within the body", "timeout", text(`${OK}Content-Length: 40\r\n\r\n{"server"`)],
  ["drips its head", "timeout", () => dripped(`${OK}X-Slow: ${"x".repeat(2000)}\r\n\r\n`)],
  ["drips its body", "timeout", () => [`${OK}Content-Length: 2000\r\n\r\n`, ...dripped("x".repeat(2000))]],
  ["drips empty chunks of one byte", "timeout", () => [CHUNKED, ...dripped(chunk("x").repeat(500), 20)]],
  ["answers before it was asked", ["cut", "malformed", 200], () => answered(VERSION), { early: true, json: true }],
  ["answers twice", 200, () => [...answered(VERSION), ...answered('{"poison":true}')], jsonAnd],
  [
    "answers ten thousand times",
    200,
    () => Array.from({ length: 10_000 }, () => [...answered(VERSION)].join("")),
    jsonAnd,
  ],
  ["says nothing and leaves the length out", 200, text(`${OK}\r\n`), { ends: "close" }],
];

const LENGTHS: readonly Row[] = [
  ["says a length that is too short", 200, text(`${OK}${JSON_TYPE}Content-Length: 2\r\n\r\n{}${VERSION}`), jsonAnd],
  ["says a negative length", "malformed", headed("Content-Length: -1")],
  ["says a length that is no number", "malformed", headed("Content-Length: many")],
  ["says two lengths", "malformed", text(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x`)],
  [
    "says a length beyond all numbers",
    ["malformed", "too-large"],
    headed("Content-Length: 99999999999999999999999999"),
  ],
  [
    "says a length of a terabyte",
    ["too-large", "timeout"],
    () => endlessly(" ", `${OK}Content-Length: 1099511627776\r\n\r\n`),
  ],
  [
    "says a length and chunks",
    ["malformed", "cut"],
    text(`${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n${chunk("{}")}0\r\n\r\n`),
    { ends: "close" },
  ],
  ["sends a body without end", ["too-large", "timeout"], () => endlessly(" ", `${OK}${JSON_TYPE}\r\n`)],
  ["sends chunks without end", ["too-large", "timeout"], () => endlessly(chunk(" ".repeat(4096)), CHUNKED)],
  ["sends chunks that are no chunks", "malformed", text(`${CHUNKED}zz\r\n{}\r\n0\r\n\r\n`)],
  ["sends a chunk of negative size", "malformed", text(`${CHUNKED}-1\r\n{}\r\n0\r\n\r\n`)],
  ["sends a chunk of a size beyond all numbers", "malformed", text(`${CHUNKED}${"f".repeat(40)}\r\n{}`)],
  ["closes before the last chunk", "cut", text(`${CHUNKED}${chunk("{}")}`), { ends: "close" }],
  ["sends a chunk extension without end", ["timeout", "too-large", "malformed"], () => endlessly("x", `${CHUNKED}2;`)],
  ["sends trailers", 200, text(`${CHUNKED}${chunk(VERSION)}0\r\nX-After: all\r\n\r\n`), jsonAnd],
  [
    "sends trailers without end",
    ["timeout", "too-large"],
    () => endlessly("X-After: all\r\n", `${CHUNKED}${chunk("{}")}0\r\n`),
  ],
  ["encodes the transfer in its own way", ["malformed", "timeout", "cut", 200], headed("Transfer-Encoding: rot13")],
  [
    "says 204 and sends a body",
    "malformed",
    text(`HTTP/1.1 204 No Content\r\n${JSON_TYPE}Content-Length: ${VERSION.length}\r\n\r\n${VERSION}`),
  ],
  ["says 304 to what nobody asked", "malformed", text("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n")],
];

const HEADERS: readonly Row[] = [
  ["sends headers without end", "too-large", () => endlessly("X-Flood: y\r\n", OK)],
  ["sends one header without end", "too-large", () => endlessly("x", `${OK}X-Long: `)],
  [
    "sends a thousand cookies",
    200,
    headed(...Array.from({ length: 1000 }, (_, n) => `Set-Cookie: c${n}=1`), "Content-Length: 0"),
  ],
  ["sends a NUL in a header", "malformed", headed("X-Odd: a\0b", "Content-Length: 0")],
  ["sends a bare carriage return in a header", "malformed", headed("X-Odd: a\rb", "Content-Length: 0")],
  ["sends a blank in a header's name", "malformed", headed("X Odd: a", "Content-Length: 0")],
  ["sends a header without a colon", "malformed", headed("Odd", "Content-Length: 0")],
  ["sends a header without a name", "malformed", headed(": odd", "Content-Length: 0")],
  [
    "sends bytes beyond ASCII in a header",
    200,
    () => [`${OK}X-Odd: `, Uint8Array.from([0xff, 0xfe, 0x80]), "\r\nContent-Length: 0\r\n\r\n"],
  ],
  ["speaks HTTP/0.9", "malformed", text(VERSION), { ends: "close" }],
  ["speaks HTTP/2 unasked", "malformed", () => [Uint8Array.from([0, 0, 0, 4, 0, 0, 0, 0, 0])]],
  ["speaks HTTP/7.3", "malformed", withStatus("HTTP/7.3 200 OK")],
  ["speaks FTP", "malformed", text("220 ready\r\n")],
  ["answers with status 0", "malformed", withStatus("HTTP/1.1 0 Zero")],
  ["answers with status 999", 999, withStatus("HTTP/1.1 999 Beyond"), jsonAnd],
  ["answers with status 20000", "malformed", withStatus("HTTP/1.1 20000 OK")],
  ["answers with a status that is no number", "malformed", withStatus("HTTP/1.1 OK 200")],
  ["answers 100 without end", "interim", () => endlessly("HTTP/1.1 100 Continue\r\n\r\n")],
  [
    "answers 103 without end",
    ["timeout", "malformed", "too-large"],
    () => endlessly("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
  ],
  [
    "answers 100, which nobody asked, and then 200",
    "interim",
    () => ["HTTP/1.1 100 Continue\r\n\r\n", ...answered(VERSION)],
  ],
  [
    "switches protocols unasked",
    ["malformed", "cut"],
    text("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
  ],
  ["sends its visitors in circles", 302, () => answered("", ["Location: /_matrix/federation/v1/version"], "302 Found")],
  [
    "sends its visitors elsewhere",
    308,
    () => answered("", ["Location: https://example.org/"], "308 Permanent Redirect"),
  ],
  ["answers with an error without a body", 500, () => answered("", [], "500 Internal Server Error")],
];

/** Servers whose HTTP is broken, or as unkind as HTTP allows. */
export const FRAMING_WAYS: readonly HttpWay[] = [...PHASES, ...LENGTHS, ...HEADERS].map(
  ([name, outcome, answer, more]) => ({ on: "http", name, outcome, answer, ...more }),
);
