import type { JsonValue } from "../../matrix/json.js";
import type { ServerName } from "../../matrix/pdu.js";
import { parseXMatrix, verifyRequest } from "../../matrix/x-matrix.js";
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
  const x = authorization === undefined ? undefined : parseXMatrix(authorization);
  if (x === undefined) throw refuse("no X-Matrix authorization that can be read");
  const elsewhere = x.destination !== undefined && x.destination !== core.serverName;
  if (elsewhere && !core.has("accepts-wrong-destination")) throw refuse(`the request is meant for ${x.destination}`);
  if (core.has("accepts-bad-request-signature")) return x.origin;
  const publicKey = await keys.forRequest(x.origin, x.key);
  if (publicKey === undefined) throw refuse(`${x.origin} has no current key ${x.key}`);
  const destination = elsewhere ? (x.destination ?? core.serverName) : core.serverName;
  const signed = { method: request.method, uri: request.target, origin: x.origin, destination, content };
  if (!verifyRequest(signed, x, publicKey)) throw refuse(`the signature of ${x.origin} does not verify`);
  return x.origin;
}

function refuse(reason: string): MatrixError {
  return new MatrixError(401, "M_UNAUTHORIZED", reason);
}
