import type { SeenExchange } from "../../evidence/seen-exchange.js";
import type { InlineBody, RunExchange } from "../run-json.js";
import type { RunEvidence } from "./run-evidence.js";

const INLINE_LIMIT_BYTES = 16_384;

type BodyOf = (digest: string) => Uint8Array | undefined;

/** The exchanges of those ids with their bodies inline; what the evidence does not hold is left out. */
export function inlineExchanges(
  evidence: RunEvidence,
  ids: Iterable<string>,
  bodyOf: BodyOf,
): Readonly<Record<string, RunExchange>> {
  const inlined: Record<string, RunExchange> = {};
  for (const id of new Set(ids)) {
    const seen = evidence.exchange(id);
    if (seen !== undefined) inlined[id] = inline(seen, bodyOf);
  }
  return inlined;
}

function inline(seen: SeenExchange, bodyOf: BodyOf): RunExchange {
  const { seq: _seq, requestBytes, responseBytes, requestJson: _q, responseJson: _r, ...exchange } = seen;
  return {
    ...exchange,
    requestBody: inlineBody(requestBytes()),
    ...(exchange.response === undefined ? {} : { responseBody: inlineBody(responseBytes()) }),
    ...arrivedBodies(exchange.altered, bodyOf),
  };
}

function arrivedBodies(
  altered: SeenExchange["altered"],
  bodyOf: BodyOf,
): Pick<RunExchange, "arrivedRequestBody" | "arrivedResponseBody"> {
  const [request, response] = [altered?.request, altered?.response].map((message) => message && bodyOf(message.body));
  return {
    ...(request === undefined ? {} : { arrivedRequestBody: inlineBody(request) }),
    ...(response === undefined ? {} : { arrivedResponseBody: inlineBody(response) }),
  };
}

function inlineBody(bytes: Uint8Array): InlineBody {
  const cut = bytes.length > INLINE_LIMIT_BYTES;
  const kept = bytes.subarray(0, INLINE_LIMIT_BYTES);
  // As a stream, a character that the cut halves is left out.
  if (isText(bytes)) return { encoding: "utf-8", text: decoder().decode(kept, { stream: true }), cut };
  return { encoding: "base64", text: Buffer.from(kept).toString("base64"), cut };
}

function isText(bytes: Uint8Array): boolean {
  try {
    decoder().decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function decoder(): TextDecoder {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
}
