import { serverNameOf } from "../../matrix/identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { ServerName, UserId } from "../../matrix/pdu.js";
import { type Context, MatrixError } from "../parts.js";

/** Splits an object keyed by user id by the users' servers; keys that are no user ids are left out. */
export function byServer<Value>(entries: Iterable<readonly [UserId, Value]>): Map<ServerName, Map<UserId, Value>> {
  const servers = new Map<ServerName, Map<UserId, Value>>();
  for (const [user, value] of entries) {
    const server = serverNameOf(user);
    if (server === undefined) continue;
    const users = servers.get(server) ?? new Map<UserId, Value>();
    servers.set(server, users);
    users.set(user, value);
  }
  return servers;
}

/** The entry of `failures` for a server that gave no answer. */
export function failureOf(error: unknown): JsonObject {
  if (error instanceof MatrixError) return { status: error.status, errcode: error.errcode, error: error.message };
  return { status: 503, errcode: "M_UNKNOWN", error: error instanceof Error ? error.message : String(error) };
}

/** Asks another server and gives its answer, which must be an object. */
export async function askServer(
  context: Context,
  server: ServerName,
  request: { readonly path: string; readonly body: JsonObject; readonly signal: AbortSignal },
): Promise<JsonObject> {
  const answer: JsonValue = await context.federation.request(
    server,
    "POST",
    request.path,
    request.body,
    request.signal,
  );
  if (!isJsonObject(answer)) throw new MatrixError(502, "M_BAD_JSON", "the answer is not an object");
  return answer;
}

/** For how many milliseconds a client lets us wait for other servers (client-server-api#post_matrixclientv3keysquery), at most a minute. */
export function patience(timeout: JsonValue | undefined): number {
  return typeof timeout === "number" && timeout >= 0 ? Math.min(timeout, 60_000) : 10_000;
}

export function childObject(parent: JsonObject, key: string): JsonObject {
  const child = parent[key];
  return isJsonObject(child) ? child : {};
}
