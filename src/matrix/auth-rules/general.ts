import { type AuthRule, membershipOf, senderLevel } from "./context.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-058 (rooms/v1#authorisation-rules 6). */
export const senderIsJoined: AuthRule = (context) => {
  const { sender } = context.event;
  if (membershipOf(context, sender) === "join") return undefined;
  return refuse("FED-AR-058", `${sender} is not joined`);
};

/** FED-AR-059 (rooms/v1#authorisation-rules 7.1): the invite level alone decides. */
export const thirdPartyInviteNeedsInviteLevel: AuthRule = (context) => {
  if (context.event.type !== "m.room.third_party_invite") return undefined;
  const level = senderLevel(context);
  if (level >= context.levels.invite) return allow("FED-AR-059");
  return refuse("FED-AR-059", `level ${level} is below the invite level ${context.levels.invite}`);
};

/** FED-AR-060 (rooms/v1#authorisation-rules 8). */
export const senderHasRequiredLevel: AuthRule = (context) => {
  const { type, state_key } = context.event;
  const required = context.levels.toSend(type, state_key !== undefined);
  const level = senderLevel(context);
  return required > level
    ? refuse("FED-AR-060", `${type} requires level ${required}, the sender has ${level}`)
    : undefined;
};

/** FED-AR-061 (rooms/v1#authorisation-rules 9). */
export const userStateIsOnesOwn: AuthRule = ({ event }) => {
  if (event.state_key?.startsWith("@") !== true || event.state_key === event.sender) return undefined;
  return refuse("FED-AR-061", `state_key ${event.state_key} is another user`);
};

/** FED-AR-079 (rooms/v1#authorisation-rules 12). */
export const otherwiseAllowed: AuthRule = () => allow("FED-AR-079");
