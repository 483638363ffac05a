import { type JsonObject, objectOf } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { isRoomVersion, roomVersionRules } from "../../matrix/room-versions.js";
import type { Context, CreateRoomOptions, Room } from "../parts.js";

/** What is said in the replacement as it was in the old room, power levels aside (client-server-api#room-upgrades). */
const TRANSFERRED: readonly string[] = [
  "m.room.server_acl",
  "m.room.encryption",
  "m.room.name",
  "m.room.avatar",
  "m.room.topic",
  "m.room.guest_access",
  "m.room.history_visibility",
  "m.room.join_rules",
];

/** Who puts which room into which version. */
export interface Upgrade {
  readonly old: Room;
  readonly user: UserId;
  readonly version: string;
  /** User ids. */
  readonly furtherCreators: readonly string[];
}

/** The room that takes the place of another: its first events, made by the user who upgrades (client-server-api#room-upgrades). */
export function replacementOf(context: Context, upgrade: Upgrade): CreateRoomOptions {
  const { old, user, version } = upgrade;
  const forgotten = context.has("upgrade-leaves-state");
  const initialState = TRANSFERRED.flatMap((type) => {
    const content = old.state(type)?.content;
    return content === undefined || forgotten ? [] : [{ type, stateKey: "", content }];
  });
  return {
    creator: user,
    roomVersion: version,
    creationContent: firstContent(context, upgrade),
    initialState,
    ...(forgotten ? {} : { powerLevels: levelsFor(upgrade) }),
  };
}

/** What the create event of the replacement says besides its version and its maker. */
function firstContent(context: Context, upgrade: Upgrade): JsonObject {
  const { old } = upgrade;
  const { type, "m.federate": federate, additional_creators: earlier } = old.state("m.room.create")?.content ?? {};
  const [lastEvent] = old.forwardExtremities;
  const predecessor = { room_id: old.roomId, ...(lastEvent === undefined ? {} : { event_id: lastEvent }) };
  const copied = context.has("upgrade-copies-creators") && Array.isArray(earlier) ? earlier : [];
  const named = context.has("upgrade-ignores-further-creators") ? [] : [...upgrade.furtherCreators];
  const creators = hasCreators(upgrade.version) ? [...new Set([...copied, ...named])] : [];
  return {
    ...(context.has("upgrade-forgets-predecessor") ? {} : { predecessor }),
    ...(type === undefined || context.has("upgrade-forgets-type") ? {} : { type }),
    ...(federate === undefined ? {} : { "m.federate": federate }),
    ...(creators.length === 0 ? {} : { additional_creators: creators }),
  };
}

/** The old room's levels, as the new version can hold them: creators stand above, or need a level (rooms/v12#authorization-rules). */
function levelsFor({ old, user, version, furtherCreators }: Upgrade): JsonObject {
  const levels = old.state("m.room.power_levels")?.content ?? {};
  const users = objectOf(levels.users);
  const creators = new Set([user, ...furtherCreators]);
  const others = Object.fromEntries(Object.entries(users).filter(([named]) => !creators.has(named)));
  return { ...levels, users: hasCreators(version) ? others : { ...users, [user]: 100 } };
}

function hasCreators(version: string): boolean {
  return isRoomVersion(version) && roomVersionRules(version).privilegedCreators;
}
