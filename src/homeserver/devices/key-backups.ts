import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { RoomId, UserId } from "../../matrix/pdu.js";
import { sameJson } from "../../matrix/same-json.js";
import { type Context, MatrixError } from "../parts.js";
import { isBetterBackup } from "./backup-order.js";

type Rooms = Map<RoomId, Map<string, JsonObject>>;

interface Backup {
  readonly version: string;
  readonly algorithm: string;
  authData: JsonObject;
  readonly rooms: Rooms;
  /** Goes up with every change of what is kept. */
  changes: number;
  deleted: boolean;
}

/** Which of a backup's keys: all, those of a room, or one session's. */
export interface BackupPlace {
  readonly roomId?: RoomId;
  readonly sessionId?: string;
}

/** Encrypted copies of room keys that users keep at their server (client-server-api#server-side-key-backups). */
export class KeyBackups {
  readonly #context: Context;
  readonly #backups = new Map<UserId, Backup[]>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** Whether that fault is switched on. */
  has(defect: string): boolean {
    return this.#context.has(defect);
  }

  /** The new backup's version; it takes the place of those before. */
  create(user: UserId, algorithm: string, authData: JsonObject): string {
    const backups = this.#backups.get(user) ?? [];
    this.#backups.set(user, backups);
    const version = String(this.#context.has("reuses-backup-version") ? 1 : backups.length + 1);
    const backup = { version, algorithm, authData, rooms: new Map(), changes: 0, deleted: false };
    if (this.#context.has("reuses-backup-version")) this.#backups.set(user, [backup]);
    else backups.push(backup);
    return version;
  }

  /** The newest backup, or the one of that version; 404 where there is none. */
  info(user: UserId, version?: string): JsonObject {
    const backup = version === undefined ? this.#newest(user) : this.#find(user, version);
    if (backup === undefined && this.#context.has("missing-backup-200")) return {};
    if (backup === undefined) throw noBackup();
    return {
      algorithm: backup.algorithm,
      auth_data: backup.authData,
      version: backup.version,
      ...this.#size(backup),
    };
  }

  /** Only `auth_data` may change (client-server-api#put_matrixclientv3room_keysversionversion). */
  update(user: UserId, version: string, body: JsonObject): void {
    const backup = this.#find(user, version);
    if (backup === undefined) throw noBackup();
    const { algorithm, version: named = version, auth_data: authData } = body;
    const other = algorithm !== backup.algorithm || named !== version;
    if (other && !this.#context.has("backup-takes-other-algorithm")) {
      throw new MatrixError(400, "M_INVALID_PARAM", "the algorithm and the version of a backup cannot be changed");
    }
    if (!isJsonObject(authData)) throw new MatrixError(400, "M_MISSING_PARAM", '"auth_data" is missing');
    backup.authData = authData;
  }

  /** Deleting twice is no mistake; a version that never was is. */
  remove(user: UserId, version: string): void {
    const backup = this.#backups.get(user)?.find((one) => one.version === version);
    if (backup === undefined) throw noBackup();
    if (this.#context.has("keeps-deleted-backup")) return;
    backup.deleted = true;
    backup.rooms.clear();
  }

  /** Takes keys into the newest backup; each only where it is better than the one that is there. */
  write(user: UserId, version: string, rooms: ReadonlyMap<RoomId, ReadonlyMap<string, JsonObject>>): JsonObject {
    const backup = this.#writable(user, version);
    for (const [roomId, sessions] of rooms) {
      const kept = backup.rooms.get(roomId) ?? new Map<string, JsonObject>();
      backup.rooms.set(roomId, kept);
      for (const [sessionId, key] of sessions) this.#keep(backup, kept, sessionId, key);
    }
    return this.#size(backup);
  }

  /** What is kept at the place, in the form in which a whole backup is told: by room, then by session. */
  read(user: UserId, version: string, place: BackupPlace): JsonObject {
    const backup = this.#find(user, version);
    if (backup === undefined) throw noBackup();
    const rooms: { [roomId: RoomId]: JsonObject } = {};
    for (const [roomId, sessions] of backup.rooms) {
      if (place.roomId !== undefined && place.roomId !== roomId) continue;
      const chosen = [...sessions].filter(([id]) => place.sessionId === undefined || place.sessionId === id);
      if (chosen.length > 0) rooms[roomId] = { sessions: Object.fromEntries(chosen) };
    }
    return { rooms };
  }

  erase(user: UserId, version: string, place: BackupPlace): JsonObject {
    const backup = this.#find(user, version);
    if (backup === undefined) throw noBackup();
    for (const [roomId, sessions] of backup.rooms) {
      if (place.roomId !== undefined && place.roomId !== roomId) continue;
      for (const sessionId of [...sessions.keys()]) {
        if (place.sessionId === undefined || place.sessionId === sessionId) sessions.delete(sessionId);
      }
    }
    backup.changes += 1;
    return this.#size(backup);
  }

  #keep(backup: Backup, kept: Map<string, JsonObject>, sessionId: string, key: JsonObject): void {
    const known = kept.get(sessionId);
    const better = known === undefined || isBetterBackup(key, known) || this.#context.has("backup-takes-worse-key");
    if (!better || (known !== undefined && sameJson(known, key))) return;
    kept.set(sessionId, key);
    backup.changes += 1;
  }

  #writable(user: UserId, version: string): Backup {
    const backup = this.#find(user, version);
    if (backup === undefined) throw noBackup();
    const newest = this.#newest(user);
    if (newest !== undefined && newest !== backup && !this.#context.has("writes-to-old-backup")) {
      throw new MatrixError(403, "M_WRONG_ROOM_KEYS_VERSION", "that is not the newest backup", {
        current_version: newest.version,
      });
    }
    return backup;
  }

  #newest(user: UserId): Backup | undefined {
    return this.#backups.get(user)?.findLast(({ deleted }) => !deleted);
  }

  #find(user: UserId, version: string): Backup | undefined {
    if (this.#context.has("unknown-backup-version-ok")) return this.#newest(user);
    return this.#backups.get(user)?.find((backup) => backup.version === version && !backup.deleted);
  }

  #size({ rooms, changes }: Backup): JsonObject {
    const count = [...rooms.values()].reduce((sum, sessions) => sum + sessions.size, 0);
    return { count, etag: String(this.#context.has("backup-etag-stays") ? 0 : changes) };
  }
}

function noBackup(): MatrixError {
  return new MatrixError(404, "M_NOT_FOUND", "there is no such backup");
}
