import type { JsonValue } from "../matrix/json.js";
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
  const requestJson = once(() => parsed(requestBytes()));
  const responseJson = once(() => parsed(responseBytes()));
  return { ...exchange, seq, requestBytes, responseBytes, requestJson, responseJson };
}

function parsed(bytes: Uint8Array): JsonValue | undefined {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function once<T>(compute: () => T): () => T {
  let held: { readonly value: T } | undefined;
  return () => {
    held ??= { value: compute() };
    return held.value;
  };
}
