import { authEventKeys, type SelectableEvent } from "../auth-rules/auth-events.js";
import type { EventId } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import type { StateMap } from "../state-map.js";

/** The ids that a new event's `auth_events` should name, given the state before it (server-server-api#auth-events-selection). */
export function selectAuthEvents(event: SelectableEvent, rules: RoomVersionRules, state: StateMap): EventId[] {
  return authEventKeys(event, rules).flatMap((key) => state.get(key) ?? []);
}
