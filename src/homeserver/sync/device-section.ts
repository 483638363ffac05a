import type { JsonObject } from "../../matrix/json.js";
import type { UserId } from "../../matrix/pdu.js";
import { roommates } from "../accounts/sharing.js";
import type { ClientParts } from "../client-api/client-parts.js";
import { eventIn, joinedIn } from "./room-state.js";

interface Sharing {
  readonly any: ReadonlySet<UserId>;
  readonly encrypted: ReadonlySet<UserId>;
}

/** With whom the user shared rooms, and encrypted rooms, at a position. */
function sharingAt(parts: ClientParts, user: UserId, position: number): Sharing {
  const any = new Set<UserId>();
  const encrypted = new Set<UserId>();
  for (const room of parts.context.rooms.ofUser(user)) {
    const state = parts.roomLog.stateAt(room.roomId, position);
    const joined = state === undefined ? undefined : joinedIn(room, state);
    if (state === undefined || joined?.has(user) !== true) continue;
    const isEncrypted = eventIn(room, state, "m.room.encryption") !== undefined;
    for (const other of joined) {
      any.add(other);
      if (isEncrypted) encrypted.add(other);
    }
  }
  return { any, encrypted };
}

function minus(one: ReadonlySet<UserId>, other: ReadonlySet<UserId>): readonly UserId[] {
  return [...one].filter((user) => !other.has(user));
}

export interface DeviceListDelta {
  readonly changed: readonly UserId[];
  readonly left: readonly UserId[];
}

/** `device_lists` between two positions (client-server-api#e2e-extensions-to-sync). */
export function deviceListDelta(
  parts: ClientParts,
  user: UserId,
  span: { since: number; until: number },
): DeviceListDelta {
  const others = [...parts.deviceChanges.between(span.since, span.until, user)];
  const near = others.length === 0 ? new Set<UserId>() : roommates(parts.context, user);
  const changed = new Set(others.filter((other) => other === user || near.has(other)));
  if (parts.roomLog.lastStateChange <= span.since) return { changed: [...changed], left: [] };
  const then = sharingAt(parts, user, span.since);
  const now = sharingAt(parts, user, span.until);
  const met = [...minus(now.any, then.any), ...minus(now.encrypted, then.encrypted)];
  for (const other of parts.context.has("no-change-for-new-roommates") ? [] : met) {
    if (other !== user) changed.add(other);
  }
  const left = new Set([...minus(then.any, now.any), ...minus(then.encrypted, now.encrypted)]);
  left.delete(user);
  if (parts.context.has("lost-roommates-stay")) left.clear();
  return { changed: [...changed].filter((other) => !left.has(other)), left: [...left] };
}

/** The parts of a sync answer about one-time and fallback keys. */
export function keyCounts(parts: ClientParts, user: UserId, deviceId: string): JsonObject {
  return {
    device_one_time_keys_count: parts.oneTimeKeys.counts(user, deviceId),
    device_unused_fallback_key_types: parts.oneTimeKeys.unusedFallbackTypes(user, deviceId),
  };
}
