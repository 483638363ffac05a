import { type AuthRule, membershipOf, senderLevel } from "./context.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-043 (rooms/v1#authorisation-rules 5.4.1), and with knocking FED-AR-044 (rooms/v7#authorisation-rules 4.4.1). */
const leavesOneself: AuthRule = (context) => {
  const { event, rules } = context;
  if (event.sender !== event.state_key) return undefined;
  const rule = rules.knock ? "FED-AR-044" : "FED-AR-043";
  const membership = membershipOf(context, event.sender);
  if (membership === "invite" || membership === "join") return allow(rule);
  if (membership === "knock" && rules.knock) return allow(rule);
  return refuse(rule, `${event.sender} cannot leave from membership ${membership}`);
};

/** FED-AR-045 (rooms/v1#authorisation-rules 5.4.2). */
const kickerIsJoined: AuthRule = (context) =>
  membershipOf(context, context.event.sender) === "join"
    ? undefined
    : refuse("FED-AR-045", `${context.event.sender} is not joined`);

/** FED-AR-046 (rooms/v1#authorisation-rules 5.4.3). */
const unbanNeedsBanLevel: AuthRule = (context) => {
  const { event, levels } = context;
  if (membershipOf(context, event.state_key ?? "") !== "ban" || senderLevel(context) >= levels.ban) return undefined;
  return refuse("FED-AR-046", `level ${senderLevel(context)} is below the ban level ${levels.ban}`);
};

/** FED-AR-047 (rooms/v1#authorisation-rules 5.4.4): the target stands strictly below, which a creator never does (FED-AR-081). */
const kickLevelSuffices: AuthRule = (context) => {
  const level = senderLevel(context);
  const target = context.levels.ofUser(context.event.state_key ?? "");
  return level >= context.levels.kick && target < level ? allow("FED-AR-047") : undefined;
};

/** FED-AR-048 (rooms/v1#authorisation-rules 5.4.5). */
const otherwiseRefused: AuthRule = (context) =>
  refuse("FED-AR-048", `level ${senderLevel(context)} does not suffice to remove ${context.event.state_key}`);

export const MEMBER_LEAVE_RULES: readonly AuthRule[] = [
  leavesOneself,
  kickerIsJoined,
  unbanNeedsBanLevel,
  kickLevelSuffices,
  otherwiseRefused,
];
