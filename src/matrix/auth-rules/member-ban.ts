import { type AuthRule, membershipOf, senderLevel } from "./context.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-049 (rooms/v1#authorisation-rules 5.5.1). */
const bannerIsJoined: AuthRule = (context) =>
  membershipOf(context, context.event.sender) === "join"
    ? undefined
    : refuse("FED-AR-049", `${context.event.sender} is not joined`);

/** FED-AR-050 (rooms/v1#authorisation-rules 5.5.2): the target stands strictly below, which a creator never does (FED-AR-081). */
const banLevelSuffices: AuthRule = (context) => {
  const level = senderLevel(context);
  const target = context.levels.ofUser(context.event.state_key ?? "");
  return level >= context.levels.ban && target < level ? allow("FED-AR-050") : undefined;
};

/** FED-AR-051 (rooms/v1#authorisation-rules 5.5.3). */
const otherwiseRefused: AuthRule = (context) =>
  refuse("FED-AR-051", `level ${senderLevel(context)} does not suffice to ban ${context.event.state_key}`);

export const MEMBER_BAN_RULES: readonly AuthRule[] = [bannerIsJoined, banLevelSuffices, otherwiseRefused];
