import type { JsonValue } from "../../matrix/json.js";
import type { ServerName } from "../../matrix/pdu.js";
import { parseXMatrix, type SignedRequest, verifyRequest, type XMatrix } from "../../matrix/x-matrix.js";
import { header, type WireRequest } from "../../net/wire.js";
import type { Core } from "../core.js";
import { MatrixError } from "../parts.js";
import type { KeyRing } from "./key-ring.js";

/** The server that sent the request; throws MatrixError 401 when it is not proven (server-server-api#request-authentication). */
export async function authenticate(
  core: Core,
  keys: KeyRing,
  request: WireRequest,
  content: JsonValue | undefined,
): Promise<ServerName> {
  const authorization = header(request.headers, "authorization");
  if (authorization === undefined && core.has("accepts-missing-auth")) return "unknown.invalid";
  const x = authorization === undefined ? undefined : readAuthorization(core, authorization);
  if (x === undefined) throw refuse("no X-Matrix authorization that can be read");
  if (x.destination === undefined && core.has("requires-destination")) throw refuse("no destination is named");
  const elsewhere = x.destination !== undefined && !isNamed(core, x.destination);
  if (elsewhere && !core.has("accepts-wrong-destination")) throw refuse(`the request is meant for ${x.destination}`);
  if (core.has("accepts-bad-request-signature")) return x.origin;
  if (x.sig.endsWith("=") && core.has("refuses-padded-signatures")) throw refuse("the signature has padding");
  const publicKey = await keys.forRequest(x.origin, x.key);
  if (publicKey === undefined) throw refuse(`${x.origin} has no current key ${x.key}`);
  const destination = x.destination ?? core.serverName;
  const uri = core.has("verifies-normalised-uri") ? normalised(request.target) : request.target;
  const signed = { method: request.method, uri, origin: x.origin, destination, content };
  const readings = [signed, ...faultyReadings(core, signed)];
  if (!readings.some((reading) => verifyRequest(reading, x, publicKey))) {
    throw refuse(`the signature of ${x.origin} does not verify`);
  }
  return x.origin;
}

/** Server names are compared letter by letter (appendices#server-name). */
function isNamed(core: Core, destination: string): boolean {
  if (destination === core.serverName) return true;
  return core.has("matches-names-in-any-case") && destination.toLowerCase() === core.serverName.toLowerCase();
}

const PLAINEST = /^X-Matrix origin="[^"\\]*",(?:destination="[^"\\]*",)?key="[^"\\]*",sig="[^"\\]*"$/;

function readAuthorization(core: Core, text: string): XMatrix | undefined {
  if (core.has("scheme-name-in-one-spelling") && !text.startsWith("X-Matrix ")) return undefined;
  return core.has("knows-one-spelling-of-authorization") && !PLAINEST.test(text) ? undefined : parseXMatrix(text);
}

/** What a faulty server takes for signed besides. */
function faultyReadings(core: Core, signed: SignedRequest): readonly SignedRequest[] {
  const methods = core.has("method-not-covered-by-signature") ? ["GET", "POST", "PUT", "DELETE"] : [];
  return [
    ...methods.map((method) => ({ ...signed, method })),
    ...(core.has("content-not-covered-by-signature") ? [{ ...signed, content: {} }] : []),
    ...(core.has("query-not-covered-by-signature") ? [{ ...signed, uri: signed.uri.split("?")[0] ?? "" }] : []),
    ...(core.has("takes-whole-addresses-for-targets")
      ? [{ ...signed, uri: `https://${core.serverName}${signed.uri}` }]
      : []),
    ...(core.has("accepts-content-signed-into-get") && signed.content === undefined
      ? [{ ...signed, content: {} }]
      : []),
  ];
}

/** The address with every character in its commonest spelling. */
function normalised(target: string): string {
  return target.replace(/%[0-9A-Fa-f]{2}/g, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : code;
  });
}

function refuse(reason: string): MatrixError {
  return new MatrixError(401, "M_UNAUTHORIZED", reason);
}
