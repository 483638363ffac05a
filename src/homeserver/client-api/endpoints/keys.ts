import type { JsonObject } from "../../../matrix/json.js";
import { withinTime } from "../../../net/time-limit.js";
import { patience } from "../../devices/by-server.js";
import { MatrixError } from "../../parts.js";
import { deviceListDelta, keyCounts } from "../../sync/device-section.js";
import { readSyncToken } from "../../sync/sync-token.js";
import type { ClientParts } from "../client-parts.js";
import { type ClientRoutes, optionalObject, requiredObject, type UserRequest } from "../request.js";

function upload(parts: ClientParts, request: UserRequest): JsonObject {
  const { userId, deviceId } = request.requester;
  const { body } = request;
  const deviceKeys = optionalObject(body, "device_keys");
  const device = parts.devices.get(userId, deviceId);
  if (device === undefined) throw new MatrixError(404, "M_NOT_FOUND", "the device is gone");
  if (deviceKeys !== undefined) {
    const foreign = deviceKeys.user_id !== userId || deviceKeys.device_id !== deviceId;
    if (foreign && !parts.context.has("accepts-foreign-device-keys")) {
      throw new MatrixError(400, "M_INVALID_PARAM", "the device keys name another user or another device");
    }
    if (JSON.stringify(device.keys) !== JSON.stringify(deviceKeys)) parts.devices.setKeys(device, deviceKeys);
  }
  const oneTime = optionalObject(body, "one_time_keys");
  if (oneTime !== undefined) parts.oneTimeKeys.upload(userId, deviceId, oneTime);
  const fallback = optionalObject(body, "fallback_keys");
  if (fallback !== undefined) parts.oneTimeKeys.uploadFallback(userId, deviceId, fallback);
  return { one_time_key_counts: keyCounts(parts, userId, deviceId).device_one_time_keys_count ?? {} };
}

function changes(parts: ClientParts, request: UserRequest): JsonObject {
  const from = request.query.get("from");
  const to = request.query.get("to");
  if (from === null || to === null) throw new MatrixError(400, "M_MISSING_PARAM", '"from" and "to" are needed');
  if (parts.context.has("keys-changes-empty")) return { changed: [], left: [] };
  const span = { since: readSyncToken(from).position, until: readSyncToken(to).position };
  const { changed, left } = deviceListDelta(parts, request.requester.userId, span);
  return { changed: [...changed], left: [...left] };
}

/** Publishing, querying and claiming keys (client-server-api#key-management-api). */
export function keyEndpoints(routes: ClientRoutes, parts: ClientParts): void {
  routes.user("POST", "/v3/keys/upload", (request) => upload(parts, request));
  const limit = ({ timeout }: JsonObject) =>
    parts.context.has("ignores-time-limits-of-clients") ? undefined : timeout;
  routes.user("POST", "/v3/keys/query", ({ body, requester, signal }) =>
    withinTime(patience(limit(body)), signal, (ends) =>
      parts.keyQueries.query(requiredObject(body, "device_keys"), requester.userId, ends),
    ),
  );
  routes.user("POST", "/v3/keys/claim", ({ body, signal }) =>
    withinTime(patience(body.timeout), signal, (ends) =>
      parts.keyClaims.claim(requiredObject(body, "one_time_keys"), ends),
    ),
  );
  routes.user("GET", "/v3/keys/changes", (request) => changes(parts, request));
}
