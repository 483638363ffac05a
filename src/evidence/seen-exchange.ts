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
  const requestJson = held(() => readJson(requestBytes()));
  const responseJson = held(() => readJson(responseBytes()));
  return { ...exchange, seq, requestBytes, responseBytes, requestJson, responseJson };
}

/** Computes a value once, and again when the memory was needed meanwhile: parsed, a long body takes many times its size. */
function held(compute: () => JsonValue | undefined): () => JsonValue | undefined {
  let plain: { readonly value: JsonValue | undefined } | undefined;
  let weak: WeakRef<object> | undefined;
  return () => {
    const kept = weak?.deref() as JsonValue | undefined;
    if (kept !== undefined) return kept;
    if (plain !== undefined) return plain.value;
    const value = compute();
    if (typeof value === "object" && value !== null) weak = new WeakRef(value);
    else plain = { value };
    return value;
  };
}
