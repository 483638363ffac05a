import { isUserId, serverNameOf } from "../identifiers.js";
import { type AuthRule, decision } from "./context.js";
import { MEMBER_BAN_RULES } from "./member-ban.js";
import { MEMBER_INVITE_RULES } from "./member-invite.js";
import { MEMBER_JOIN_RULES } from "./member-join.js";
import { MEMBER_KNOCK_RULES } from "./member-knock.js";
import { MEMBER_LEAVE_RULES } from "./member-leave.js";
import { refuse } from "./verdict.js";

/** FED-AR-018 (rooms/v1#authorisation-rules 5.1). */
const hasStateKeyAndMembership: AuthRule = ({ event }) =>
  event.state_key === undefined || event.content.membership === undefined
    ? refuse("FED-AR-018", "a member event has a state_key and a membership")
    : undefined;

/** FED-AR-019 (rooms/v8#authorisation-rules 4.2): for any membership, once the version knows restricted rooms. */
const authorisingServerSigned: AuthRule = ({ event, rules, signedBy }) => {
  const authoriser = event.content.join_authorised_via_users_server;
  if (!rules.restricted || authoriser === undefined) return undefined;
  const server = typeof authoriser === "string" && isUserId(authoriser) ? serverNameOf(authoriser) : undefined;
  if (server !== undefined && signedBy(server)) return undefined;
  return refuse("FED-AR-019", `the server of ${JSON.stringify(authoriser)} has not signed the event`);
};

/** The rules for the membership the event asks for. */
const membershipRules: AuthRule = (context) => {
  switch (context.event.content.membership) {
    case "join":
      return decision(MEMBER_JOIN_RULES, context);
    case "invite":
      return decision(MEMBER_INVITE_RULES, context);
    case "leave":
      return decision(MEMBER_LEAVE_RULES, context);
    case "ban":
      return decision(MEMBER_BAN_RULES, context);
    case "knock":
      return context.rules.knock ? decision(MEMBER_KNOCK_RULES, context) : undefined;
    default:
      return undefined;
  }
};

/** FED-AR-057 (rooms/v1#authorisation-rules 5.6): knocking is unknown to versions without it. */
const membershipIsKnown: AuthRule = ({ event }) =>
  refuse("FED-AR-057", `membership ${JSON.stringify(event.content.membership)} is unknown`);

export const MEMBER_RULES: readonly AuthRule[] = [
  hasStateKeyAndMembership,
  authorisingServerSigned,
  membershipRules,
  membershipIsKnown,
];
