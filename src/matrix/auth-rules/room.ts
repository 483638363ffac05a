import { serverNameOf } from "../identifiers.js";
import type { AuthRule } from "./context.js";
import { refuse } from "./verdict.js";

/** FED-AR-008 (rooms/v12#authorisation-rules 2): where the room id names the create event. A rejected create event is in no state. */
export const roomIdNamesCreate: AuthRule = ({ event, rules, create, eventId }) => {
  if (rules.roomIds !== "create-hash") return undefined;
  const named = `$${(event.room_id ?? "").slice(1)}`;
  if (create !== undefined && eventId(create) === named) return undefined;
  return refuse("FED-AR-008", `room id ${event.room_id} names no accepted create event`);
};

/** FED-AR-012 (rooms/v1#authorisation-rules 2.4): in a state without a create event nothing is allowed either. */
export const roomHasCreate: AuthRule = ({ create }) =>
  create === undefined ? refuse("FED-AR-012", "the state has no create event") : undefined;

/** FED-AR-014 (rooms/v1#authorisation-rules 3). */
export const roomFederates: AuthRule = ({ event, create }) => {
  if (create === undefined || create.content["m.federate"] !== false) return undefined;
  if (serverNameOf(event.sender) === serverNameOf(create.sender)) return undefined;
  return refuse("FED-AR-014", `the room does not federate and ${event.sender} is on another server`);
};
