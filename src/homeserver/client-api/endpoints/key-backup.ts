import { isJsonObject, type JsonObject, type JsonValue } from "../../../matrix/json.js";
import type { RoomId } from "../../../matrix/pdu.js";
import type { BackupPlace, KeyBackups } from "../../devices/key-backups.js";
import { MatrixError } from "../../parts.js";
import { type ClientRoutes, param, requiredObject, requiredString, type UserRequest } from "../request.js";

type Keys = ReadonlyMap<RoomId, ReadonlyMap<string, JsonObject>>;

function versionOf({ query }: UserRequest): string {
  const version = query.get("version");
  if (version === null) throw new MatrixError(400, "M_MISSING_PARAM", '"version" is missing');
  return version;
}

function placeOf({ params }: UserRequest): BackupPlace {
  const { roomId, sessionId } = params;
  return { ...(roomId === undefined ? {} : { roomId }), ...(sessionId === undefined ? {} : { sessionId }) };
}

function sessionsIn(value: JsonValue | undefined): ReadonlyMap<string, JsonObject> {
  if (!isJsonObject(value)) throw new MatrixError(400, "M_BAD_JSON", '"sessions" must be an object');
  return new Map(Object.entries(value).filter((pair): pair is [string, JsonObject] => isJsonObject(pair[1])));
}

/** The keys in a body, whose form follows from how far the path goes. */
function keysOf(request: UserRequest): Keys {
  const { roomId, sessionId } = placeOf(request);
  const { body } = request;
  if (roomId !== undefined && sessionId !== undefined) return new Map([[roomId, new Map([[sessionId, body]])]]);
  if (roomId !== undefined) return new Map([[roomId, sessionsIn(body.sessions)]]);
  const rooms = Object.entries(requiredObject(body, "rooms"));
  return new Map(rooms.map(([id, room]) => [id, sessionsIn(isJsonObject(room) ? room.sessions : undefined)]));
}

function notThere(): MatrixError {
  return new MatrixError(404, "M_NOT_FOUND", "the backup has no such key");
}

function read(backups: KeyBackups, request: UserRequest): JsonObject {
  const { roomId, sessionId } = placeOf(request);
  const all = backups.read(request.requester.userId, versionOf(request), placeOf(request));
  const found = requiredObject(all, "rooms");
  if (roomId === undefined) {
    if (backups.has("empty-backup-404") && Object.keys(found).length === 0) throw notThere();
    return all;
  }
  const room = found[roomId];
  if (sessionId === undefined) return isJsonObject(room) ? room : { sessions: {} };
  const session = isJsonObject(room) && isJsonObject(room.sessions) ? room.sessions[sessionId] : undefined;
  if (!isJsonObject(session)) throw notThere();
  return session;
}

/** client-server-api#server-side-key-backups */
export function keyBackupEndpoints(routes: ClientRoutes, backups: KeyBackups): void {
  routes.user("POST", "/v3/room_keys/version", ({ requester, body }) => ({
    version: backups.create(requester.userId, requiredString(body, "algorithm"), requiredObject(body, "auth_data")),
  }));
  routes.user("GET", "/v3/room_keys/version", ({ requester }) => backups.info(requester.userId));
  routes.user("GET", "/v3/room_keys/version/:version", (request) =>
    backups.info(request.requester.userId, param(request, "version")),
  );
  routes.user("PUT", "/v3/room_keys/version/:version", (request) => {
    backups.update(request.requester.userId, param(request, "version"), request.body);
    return {};
  });
  routes.user("DELETE", "/v3/room_keys/version/:version", (request) => {
    backups.remove(request.requester.userId, param(request, "version"));
    return {};
  });
  for (const path of ["/v3/room_keys/keys", "/v3/room_keys/keys/:roomId", "/v3/room_keys/keys/:roomId/:sessionId"]) {
    routes.user("PUT", path, (request) => backups.write(request.requester.userId, versionOf(request), keysOf(request)));
    routes.user("GET", path, (request) => read(backups, request));
    routes.user("DELETE", path, (request) =>
      backups.erase(request.requester.userId, versionOf(request), placeOf(request)),
    );
  }
}
