import { header, type RawHeaders } from "../../net/wire.js";
import type { SeenExchange } from "../view.js";
import { findingOf } from "./findings.js";
import { hasMediaType, jsonOf } from "./messages.js";
import type { PassiveCheck, Side } from "./passive-check.js";

interface Part {
  readonly headers: RawHeaders;
  readonly bytes: Uint8Array;
}

/** server-server-api#api-standards: whatever says that it is JSON is UTF-8. */
function jsonInUtf8(side: Side): PassiveCheck {
  return {
    name: `json-in-utf-8-in-${side}`,
    summary: `JSON is written in UTF-8 (in a server's ${side}s)`,
    requirement: "FED-API-013",
    level: "must",
    side,
    appliesTo(exchange) {
      const { headers, bytes } = partOf(side, exchange);
      return bytes.length > 0 && hasMediaType(headers, "application/json") && !isCompressed(headers);
    },
    judge(exchange) {
      // What was read as JSON was read as UTF-8 before.
      const sound = jsonOf(side, exchange) !== undefined || isUtf8(partOf(side, exchange).bytes);
      return findingOf(exchange, "a body in UTF-8", sound ? [] : ["its bytes are no UTF-8"]);
    },
  };
}

function partOf(side: Side, exchange: SeenExchange): Part {
  return side === "request"
    ? { headers: exchange.request.headers, bytes: exchange.requestBytes() }
    : { headers: exchange.response?.headers ?? [], bytes: exchange.responseBytes() };
}

function isCompressed(headers: RawHeaders): boolean {
  return (header(headers, "content-encoding") ?? "identity").toLowerCase() !== "identity";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

export const ENCODING_CHECKS: readonly PassiveCheck[] = [jsonInUtf8("request"), jsonInUtf8("response")];
