import { prevEventIds } from "../events/references.js";
import { type AuthContext, type AuthRule, joinRule, membershipOf } from "./context.js";
import { firstCreator } from "./creators.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-020 (rooms/v1#authorisation-rules 5.2.1): one creator only; additional creators need an invitation like anyone. */
const creatorJoinsFirst: AuthRule = ({ event, rules, create, eventId }) => {
  if (create === undefined || event.state_key !== firstCreator(create, rules)) return undefined;
  const previous = prevEventIds(event);
  return previous.length === 1 && previous[0] === eventId(create) ? allow("FED-AR-020") : undefined;
};

/** FED-AR-021 (rooms/v1#authorisation-rules 5.2.2). */
const joinsOneself: AuthRule = ({ event }) =>
  event.sender === event.state_key
    ? undefined
    : refuse("FED-AR-021", `${event.sender} cannot join for ${event.state_key}`);

/** FED-AR-022 (rooms/v1#authorisation-rules 5.2.3). */
const isNotBanned: AuthRule = (context) =>
  membershipOf(context, context.event.sender) === "ban"
    ? refuse("FED-AR-022", `${context.event.sender} is banned`)
    : undefined;

/** FED-AR-023 (rooms/v1#authorisation-rules 5.2.4). */
const inviteRule: AuthRule = (context) =>
  joinRule(context) === "invite" && isInvitedOrJoined(context) ? allow("FED-AR-023") : undefined;

/** FED-AR-024 (rooms/v7#authorisation-rules 4.2.4): as `invite`, where the version knows knocking. */
const knockRule: AuthRule = (context) =>
  context.rules.knock && joinRule(context) === "knock" && isInvitedOrJoined(context) ? allow("FED-AR-024") : undefined;

/** FED-AR-025 (rooms/v8#authorisation-rules 4.3.5.1), FED-AR-028 (rooms/v10#authorisation-rules 4.3.5). */
const restrictedMember: AuthRule = (context) =>
  isRestricted(context) && isInvitedOrJoined(context) ? allow("FED-AR-025") : undefined;

/** FED-AR-026 (rooms/v8#authorisation-rules 4.3.5.2). */
const restrictedNeedsAuthoriser: AuthRule = (context) => {
  if (!isRestricted(context)) return undefined;
  const authoriser = context.event.content.join_authorised_via_users_server;
  if (typeof authoriser !== "string") return refuse("FED-AR-026", "no user of a resident server authorises the join");
  if (membershipOf(context, authoriser) !== "join") return refuse("FED-AR-026", `${authoriser} is not joined`);
  if (context.levels.ofUser(authoriser) >= context.levels.invite) return undefined;
  return refuse("FED-AR-026", `${authoriser} is below the invite level ${context.levels.invite}`);
};

/** FED-AR-027 (rooms/v8#authorisation-rules 4.3.5.3). */
const restrictedAuthorised: AuthRule = (context) => (isRestricted(context) ? allow("FED-AR-027") : undefined);

/** FED-AR-029 (rooms/v1#authorisation-rules 5.2.5). */
const publicRule: AuthRule = (context) => (joinRule(context) === "public" ? allow("FED-AR-029") : undefined);

/** FED-AR-030 (rooms/v1#authorisation-rules 5.2.6). */
const otherwiseRefused: AuthRule = (context) =>
  refuse("FED-AR-030", `join rule ${joinRule(context)} does not let ${context.event.sender} in`);

function isInvitedOrJoined(context: AuthContext): boolean {
  const membership = membershipOf(context, context.event.sender);
  return membership === "invite" || membership === "join";
}

function isRestricted(context: AuthContext): boolean {
  const rule = joinRule(context);
  return (
    (rule === "restricted" && context.rules.restricted) ||
    (rule === "knock_restricted" && context.rules.knockRestricted)
  );
}

export const MEMBER_JOIN_RULES: readonly AuthRule[] = [
  creatorJoinsFirst,
  joinsOneself,
  isNotBanned,
  inviteRule,
  knockRule,
  restrictedMember,
  restrictedNeedsAuthoriser,
  restrictedAuthorised,
  publicRule,
  otherwiseRefused,
];
