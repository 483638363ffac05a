import { parseJson } from "../../matrix/canonical-json.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { ServerName } from "../../matrix/pdu.js";
import { signRequest } from "../../matrix/x-matrix.js";
import type { WireResponse } from "../../net/wire.js";
import type { Core } from "../core.js";
import { MatrixError } from "../parts.js";

export interface OutgoingRequest {
  readonly destination: ServerName;
  readonly method: "GET" | "PUT" | "POST";
  readonly uri: string;
  readonly content?: JsonObject | undefined;
  readonly signed: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request and reads the answer: the body of a 2xx, otherwise a MatrixError; 502 when nothing usable came back. */
export async function sendRequest(core: Core, request: OutgoingRequest): Promise<JsonValue> {
  const response = await exchange(core, request);
  const parsed = parseJson(response.body);
  const body = "value" in parsed ? parsed.value : undefined;
  if (response.status >= 200 && response.status < 300) {
    if (body === undefined) throw new MatrixError(502, "M_UNKNOWN", `${request.destination} did not answer in JSON`);
    return body;
  }
  throw errorOf(request, response.status, body);
}

/** Sends one request; rejects with MatrixError 502 when no answer came. */
export async function exchange(core: Core, request: OutgoingRequest): Promise<WireResponse> {
  const { destination, method, uri, content, signal } = request;
  const headers: [string, string][] = [];
  if (request.signed) {
    const signed = { method, uri, origin: core.serverName, destination: await addressee(core, destination), content };
    headers.push(["Authorization", signRequest(signed, core.options.signingKey)]);
  }
  if (content !== undefined) headers.push(["Content-Type", "application/json"]);
  const body = content === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(content));
  const wire = { method, target: uri, headers, body, ...(signal === undefined ? {} : { signal }) };
  if (core.has("looks-up-names-with-ports")) await lookUp(core, destination);
  try {
    return await core.options.transport(destination, wire);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    core.log(`no answer from ${destination}: ${reason}`);
    throw new MatrixError(502, "M_UNKNOWN", `no answer from ${destination}: ${reason}`);
  }
}

/** Whom a request is signed for: the server, whatever it is reached as (server-server-api#request-authentication). */
async function addressee(core: Core, destination: ServerName): Promise<ServerName> {
  if (!core.has("signs-for-the-delegate")) return destination;
  const route = await core.options.routeTo?.(destination).catch(() => undefined);
  return route?.step.startsWith("3") ? route.hostHeader : destination;
}

/** Asks for a delegation of a name that cannot be delegated. */
async function lookUp(core: Core, destination: ServerName): Promise<void> {
  const wire = { method: "GET", target: "/.well-known/matrix/server", headers: [], body: new Uint8Array() };
  await core.options.transport(destination, wire).catch((error: unknown) => core.log(`no delegation: ${error}`));
}

function errorOf(request: OutgoingRequest, status: number, body: JsonValue | undefined): MatrixError {
  if (!isJsonObject(body) || typeof body.errcode !== "string") {
    return new MatrixError(status, "M_UNKNOWN", `${request.destination} answered ${status} without an error object`);
  }
  const { errcode, error, ...extra } = body;
  return new MatrixError(status, body.errcode, typeof error === "string" ? error : "", extra);
}
