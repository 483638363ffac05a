import type { ServerName, UserId } from "../matrix/pdu.js";
import { isRoomVersion, ROOM_VERSIONS } from "../matrix/room-versions.js";
import type { HomeserverOptions } from "./options.js";

/** What every part needs and none owns. */
export interface Core {
  readonly options: HomeserverOptions;
  readonly serverName: ServerName;
  readonly roomVersions: readonly string[];
  readonly defaultRoomVersion: string;
  /** True when that fault is switched on. */
  has(defect: string): boolean;
  isLocal(user: UserId): boolean;
  log(line: string): void;
}

/** Gathers the settings of one server; room versions that the table does not hold are left out. */
export function createCore(options: HomeserverOptions): Core {
  const roomVersions = (options.roomVersions ?? ROOM_VERSIONS).filter(isRoomVersion);
  return {
    options,
    serverName: options.serverName,
    roomVersions,
    defaultRoomVersion:
      options.defaultRoomVersion ?? (roomVersions.includes("12") ? "12" : (roomVersions.at(-1) ?? "12")),
    has: (defect) => options.defects?.has(defect) ?? false,
    isLocal: (user) => user.slice(user.indexOf(":") + 1) === options.serverName,
    log: (line) => options.log?.(line),
  };
}
