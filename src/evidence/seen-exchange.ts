import type { JsonValue } from "../matrix/json.js";
import { readJson } from "../matrix/read-json.js";
import { EvidenceError } from "./evidence-error.js";
import type { Exchange } from "./exchange.js";

/** A recorded exchange with its bodies at hand. */
export interface SeenExchange extends Exchange {
  readonly seq: number;
  requestBytes(): Uint8Array;
  responseBytes(): Uint8Array;
  /** The body as JSON; undefined when it is empty or not JSON. */
  requestJson(): JsonValue | undefined;
  responseJson(): JsonValue | undefined;
}

const EMPTY = new Uint8Array();

/** A recorded exchange with its bodies at hand; `body` gives the bytes of a digest. Throws EvidenceError when they are lost. */
export function seenExchange(
  seq: number,
  exchange: Exchange,
  body: (digest: string) => Uint8Array | undefined,
): SeenExchange {
  const bytesOf = (digest: string | undefined): Uint8Array => {
    if (digest === undefined) return EMPTY;
    const bytes = body(digest);
    if (bytes === undefined)
      throw new EvidenceError(`evidence/${digest} is missing: a body of exchange ${exchange.id}`);
    return bytes;
  };
  const requestBytes = () => bytesOf(exchange.request.body);
  const responseBytes = () => bytesOf(exchange.response?.body);
  const requestJson = parsed(requestBytes);
  const responseJson = parsed(responseBytes);
  return { ...exchange, seq, requestBytes, responseBytes, requestJson, responseJson };
}

function parsed(bytes: () => Uint8Array): () => JsonValue | undefined {
  const key = {};
  return () => recent.of(key, bytes);
}

/** How many bytes of bodies are kept parsed: as JSON values they take many times their size, and a hostile server can send many. */
const PARSED_BYTES = 4 * 1024 * 1024;

/** Bodies as JSON, those that were asked for last; at least the very last, however long it is. */
class RecentlyParsed {
  readonly #held = new Map<object, { readonly value: JsonValue | undefined; readonly length: number }>();
  #bytes = 0;

  of(key: object, bytes: () => Uint8Array): JsonValue | undefined {
    const held = this.#held.get(key);
    if (held !== undefined) return held.value;
    const body = bytes();
    const value = readJson(body);
    this.#makeRoom(PARSED_BYTES - body.length);
    this.#held.set(key, { value, length: body.length });
    this.#bytes += body.length;
    return value;
  }

  #makeRoom(allowed: number): void {
    for (const [oldest, { length }] of this.#held) {
      if (this.#bytes <= allowed) return;
      this.#held.delete(oldest);
      this.#bytes -= length;
    }
  }
}

// One for the process: so many bodies are looked at at one time, whoever looks.
const recent = new RecentlyParsed();
