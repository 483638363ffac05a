import { isJsonObject, type JsonObject } from "../json.js";
import type { UserId } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { type StateKey, stateKey } from "../state-map.js";

/** As much of an event as the selection looks at; it need not have been signed or even completed. */
export interface SelectableEvent {
  readonly type: string;
  readonly sender: UserId;
  readonly content: JsonObject;
  readonly state_key?: string;
}

/**
 * The state entries that an event's `auth_events` name, where the room has them, without repetition
 * (server-server-api#auth-events-selection).
 */
export function authEventKeys(event: SelectableEvent, rules: RoomVersionRules): StateKey[] {
  if (event.type === "m.room.create") return [];
  const keys = new Set<StateKey>();
  if (rules.createInAuthEvents) keys.add(stateKey("m.room.create", ""));
  keys.add(stateKey("m.room.power_levels", ""));
  keys.add(stateKey("m.room.member", event.sender));
  if (event.type === "m.room.member") {
    for (const key of membershipKeys(event, rules)) keys.add(key);
  }
  return [...keys];
}

function membershipKeys(event: SelectableEvent, rules: RoomVersionRules): StateKey[] {
  const { membership, join_authorised_via_users_server: authoriser } = event.content;
  const keys: StateKey[] = [];
  if (event.state_key !== undefined) keys.push(stateKey("m.room.member", event.state_key));
  if (membership === "join" || membership === "invite" || membership === "knock") {
    keys.push(stateKey("m.room.join_rules", ""));
  }
  const token = membership === "invite" ? invitationToken(event.content) : undefined;
  if (token !== undefined) keys.push(stateKey("m.room.third_party_invite", token));
  if (membership === "join" && rules.restricted && typeof authoriser === "string") {
    keys.push(stateKey("m.room.member", authoriser));
  }
  return keys;
}

function invitationToken(content: JsonObject): string | undefined {
  const invitation = content.third_party_invite;
  const signed = isJsonObject(invitation) ? invitation.signed : undefined;
  const token = isJsonObject(signed) ? signed.token : undefined;
  return typeof token === "string" ? token : undefined;
}
