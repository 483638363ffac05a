import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { SecureContextOptions, TlsOptions } from "node:tls";
import type { NetErrorCode } from "../../../src/net/net-error.js";

/** What comes of a request to a server that behaves so: the status of an answer, or why there is none. */
export type Outcome = number | NetErrorCode;

interface Described {
  /** What the server does, in a few words; also the name of its test. */
  readonly name: string;
  readonly outcome: Outcome | readonly Outcome[];
}

/** A server that misbehaves as soon as a connection is made. */
export interface TcpWay extends Described {
  readonly on: "tcp";
  act(socket: Socket): void;
}

/** A server that cannot agree with us on TLS, or whose certificate is no proof. */
export interface TlsWay extends Described {
  readonly on: "tls";
  readonly certificate?: "expired" | "not-yet-valid" | "wrong-name" | "self-signed" | "stranger";
  readonly settings?: TlsOptions & SecureContextOptions;
}

/** What is written, in order; a number is a pause in milliseconds. */
export type Script = Iterable<string | Uint8Array | number>;

/** A server that misbehaves in HTTP. */
export interface HttpWay extends Described {
  readonly on: "http";
  /** Written once a request has arrived. */
  answer(): Script;
  /** Written as soon as there is a connection. */
  readonly early?: true;
  /** What becomes of the connection afterwards; it stays open unless said. */
  readonly ends?: "close" | "reset";
  /** Whether the answer is a JSON object that can be read, and is called JSON. */
  readonly json?: true;
}

export type Way = TcpWay | TlsWay | HttpWay;

/** A whole answer with its length. */
export function answered(body: string | Uint8Array, head: readonly string[] = [], status = "200 OK"): Script {
  const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
  const type = head.some((line) => /^content-type:/iu.test(line)) ? [] : ["Content-Type: application/json"];
  const lines = [`HTTP/1.1 ${status}`, ...type, ...head, `Content-Length: ${bytes.length}`];
  return [`${lines.join("\r\n")}\r\n\r\n`, bytes];
}

/** The same thing over and over: some megabytes a second, as both sides share a processor. */
export function* endlessly(text: string, lead = ""): Script {
  if (lead !== "") yield lead;
  const chunk = text.repeat(Math.ceil(65_536 / text.length));
  for (;;) {
    yield chunk;
    yield 5;
  }
}

/** One character at a time. */
export function* dripped(text: string, pauseMs = 40): Script {
  for (const character of text) {
    yield character;
    yield pauseMs;
  }
}

/** Writes the script for as long as the other side takes it. Settles, never rejects, when either has ended. */
export async function perform(stream: Duplex, script: Script): Promise<void> {
  for (const part of script) {
    if (stream.destroyed || stream.writableEnded) return;
    if (typeof part === "number") await pause(stream, part);
    else if (!stream.write(part)) await drained(stream);
  }
}

function pause(stream: Duplex, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      stream.off("close", done);
      resolve();
    }
    stream.once("close", done);
  });
}

function drained(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done);
      stream.off("close", done);
      resolve();
    };
    stream.once("drain", done);
    stream.once("close", done);
  });
}
