import { type AuthRule, decision, membershipOf, senderLevel } from "./context.js";
import { THIRD_PARTY_INVITE_RULES } from "./third-party-invite.js";
import { allow, refuse } from "./verdict.js";

/** Rooms/v1#authorisation-rules 5.3.1: an invitation of a third-party identifier never falls through to the ordinary rules. */
const thirdPartyInvite: AuthRule = (context) =>
  context.event.content.third_party_invite === undefined ? undefined : decision(THIRD_PARTY_INVITE_RULES, context);

/** FED-AR-039 (rooms/v1#authorisation-rules 5.3.2). */
const inviterIsJoined: AuthRule = (context) =>
  membershipOf(context, context.event.sender) === "join"
    ? undefined
    : refuse("FED-AR-039", `${context.event.sender} is not joined`);

/** FED-AR-040 (rooms/v1#authorisation-rules 5.3.3). */
const targetIsOutside: AuthRule = (context) => {
  const target = context.event.state_key ?? "";
  const membership = membershipOf(context, target);
  return membership === "join" || membership === "ban"
    ? refuse("FED-AR-040", `${target} has membership ${membership}`)
    : undefined;
};

/** FED-AR-041 (rooms/v1#authorisation-rules 5.3.4). */
const inviteLevelSuffices: AuthRule = (context) =>
  senderLevel(context) >= context.levels.invite ? allow("FED-AR-041") : undefined;

/** FED-AR-042 (rooms/v1#authorisation-rules 5.3.5). */
const otherwiseRefused: AuthRule = (context) =>
  refuse("FED-AR-042", `level ${senderLevel(context)} is below the invite level ${context.levels.invite}`);

export const MEMBER_INVITE_RULES: readonly AuthRule[] = [
  thirdPartyInvite,
  inviterIsJoined,
  targetIsOutside,
  inviteLevelSuffices,
  otherwiseRefused,
];
