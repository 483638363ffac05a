import type { Pdu, UserId } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";

/** The one user who may join first and, without power levels, holds level 100 (rooms/v1, rooms/v11#remove-the-creator-property-of-mroomcreate-events). */
export function firstCreator(create: Pdu, rules: RoomVersionRules): UserId | undefined {
  if (rules.creatorIn === "sender") return create.sender;
  const { creator } = create.content;
  return typeof creator === "string" ? creator : undefined;
}

/** True for a user whose level is infinite: only where the version privileges creators (rooms/v12#authorisation-rules). */
export function isPrivilegedCreator(user: UserId, create: Pdu | undefined, rules: RoomVersionRules): boolean {
  if (!rules.privilegedCreators || create === undefined) return false;
  if (create.sender === user) return true;
  const additional = create.content.additional_creators;
  return Array.isArray(additional) && additional.includes(user);
}
