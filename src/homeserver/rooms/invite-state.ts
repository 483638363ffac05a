import type { Pdu, UserId } from "../../matrix/pdu.js";
import type { Core } from "../core.js";
import type { StoredRoom } from "./stored-room.js";

/** State that tells what room it is to somebody outside (client-server-api#stripped-state). */
export const SHOWN_TYPES: readonly string[] = [
  "m.room.create",
  "m.room.join_rules",
  "m.room.name",
  "m.room.avatar",
  "m.room.topic",
  "m.room.canonical_alias",
  "m.room.encryption",
];

/** The state that tells somebody outside what room this is, in full events (client-server-api#stripped-state). */
export function inviteState(core: Core, room: StoredRoom, inviter?: UserId): readonly Pdu[] {
  if (core.has("invite-omits-room-state")) return [];
  const member = inviter === undefined ? undefined : room.state("m.room.member", inviter);
  const state = SHOWN_TYPES.flatMap((type) => room.state(type) ?? []);
  return member === undefined ? state : [...state, member];
}
