import type { JsonValue } from "../../matrix/json.js";
import { readJson } from "../../matrix/read-json.js";
import { plainTarget } from "../../net/plain-target.js";
import type { RawHeaders, WireRequest, WireResponse } from "../../net/wire.js";
import { matchEndpoint } from "../../schema/endpoints.js";
import { has, rewritten } from "./rewrite.js";
import type { Act, Change, RequestSelection, StandIn } from "./rule.js";

/** Whether a request is one of those that are meant. */
export function concerns(
  { endpoints, targetHolds, carrying }: RequestSelection,
  request: Pick<WireRequest, "method" | "target" | "body">,
): boolean {
  const id = matchEndpoint(request.method, request.target)?.endpoint.id;
  if (id === undefined || !endpoints.includes(id)) return false;
  if (targetHolds !== undefined && !plainTarget(request.target).includes(targetHolds)) return false;
  return carrying === undefined || has(readJson(request.body), carrying);
}

/** The request as it goes on; undefined when the act changes nothing of it. */
export function alteredRequest(
  request: WireRequest,
  act: Act & { readonly kind: "rewrite-request" },
): WireRequest | undefined {
  const body = alteredBody(request.body, act.changes);
  const target = act.target === undefined ? request.target : alteredTarget(request.target, act.target);
  const unwanted = act.withoutHeader?.toLowerCase();
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== unwanted);
  const changed = body !== undefined || target !== request.target || headers.length !== request.headers.length;
  if (!changed) return undefined;
  return body === undefined
    ? { ...request, target, headers }
    : { ...request, target, body, headers: withLength(headers, body) };
}

/** The answer as it goes on; undefined when the changes change nothing of it. */
export function alteredResponse(response: WireResponse, changes: readonly Change[]): WireResponse | undefined {
  const body = alteredBody(response.body, changes);
  return body === undefined ? undefined : { ...response, body, headers: withLength(response.headers, body) };
}

/** An answer that no server gave. */
export function standInAnswer({ status, body }: StandIn): WireResponse {
  return { status, headers: [["Content-Type", "application/json"]], body: bytesOf(body) };
}

function alteredBody(body: Uint8Array, changes: readonly Change[]): Uint8Array | undefined {
  const document = readJson(body);
  const altered = document === undefined ? undefined : rewritten(document, changes);
  return altered === undefined ? undefined : bytesOf(altered);
}

/** The text is looked for as it is and percent-encoded, as it stands in a request target. */
function alteredTarget(target: string, { replace, by }: { readonly replace: string; readonly by: string }): string {
  if (target.includes(replace)) return target.replace(replace, by);
  return target.replace(encodeURIComponent(replace), encodeURIComponent(by));
}

function withLength(headers: RawHeaders, body: Uint8Array): RawHeaders {
  return headers.map(([name, value]) =>
    name.toLowerCase() === "content-length" ? [name, String(body.length)] : [name, value],
  );
}

function bytesOf(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
