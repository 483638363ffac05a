import type { Pdu, ServerName, UserId } from "../../matrix/pdu.js";

/** The membership that a member event states; undefined for no event or a value that is not a string. */
export function membershipIn(event: Pdu | undefined): string | undefined {
  const membership = event?.content.membership;
  return typeof membership === "string" ? membership : undefined;
}

/** The server name in an identifier: everything after its first colon (appendices#server-name). */
export function domainOf(id: UserId): ServerName {
  return id.slice(id.indexOf(":") + 1);
}

/** True for a member event about its own sender. */
export function isOwnMembership(event: Pdu, membership: string): boolean {
  return event.type === "m.room.member" && membershipIn(event) === membership && event.state_key === event.sender;
}
