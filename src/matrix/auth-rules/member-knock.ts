import { type AuthRule, joinRule, membershipOf } from "./context.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-052 (rooms/v7#authorisation-rules 4.6.1), and with `knock_restricted` FED-AR-053 (rooms/v10#authorisation-rules 4.7.1). */
const roomTakesKnocks: AuthRule = (context) => {
  const { knockRestricted } = context.rules;
  const rule = joinRule(context);
  if (rule === "knock" || (rule === "knock_restricted" && knockRestricted)) return undefined;
  return refuse(knockRestricted ? "FED-AR-053" : "FED-AR-052", `join rule ${rule} takes no knocks`);
};

/** FED-AR-054 (rooms/v7#authorisation-rules 4.6.2). */
const knocksOneself: AuthRule = ({ event }) =>
  event.sender === event.state_key
    ? undefined
    : refuse("FED-AR-054", `${event.sender} cannot knock for ${event.state_key}`);

/** FED-AR-055 (rooms/v7#authorisation-rules 4.6.3). */
const knocksFromOutside: AuthRule = (context) => {
  const membership = membershipOf(context, context.event.sender);
  return membership === "ban" || membership === "invite" || membership === "join" ? undefined : allow("FED-AR-055");
};

/** FED-AR-056 (rooms/v7#authorisation-rules 4.6.4). */
const otherwiseRefused: AuthRule = (context) => {
  const { sender } = context.event;
  return refuse("FED-AR-056", `${sender} cannot knock from membership ${membershipOf(context, sender)}`);
};

export const MEMBER_KNOCK_RULES: readonly AuthRule[] = [
  roomTakesKnocks,
  knocksOneself,
  knocksFromOutside,
  otherwiseRefused,
];
