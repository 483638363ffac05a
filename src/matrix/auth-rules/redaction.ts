import { serverNameOf } from "../identifiers.js";
import { type AuthRule, senderLevel } from "./context.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-076 (rooms/v1#authorisation-rules 11.1). */
const redactLevelSuffices: AuthRule = (context) =>
  senderLevel(context) >= context.levels.redact ? allow("FED-AR-076") : undefined;

/** FED-AR-077 (rooms/v1#authorisation-rules 11.2): it is the event ids' domains that count, not the senders'. */
const sameServerOfEventIds: AuthRule = ({ event, eventId }) => {
  const redacted = typeof event.redacts === "string" ? serverNameOf(event.redacts) : undefined;
  return redacted !== undefined && redacted === serverNameOf(eventId(event)) ? allow("FED-AR-077") : undefined;
};

/** FED-AR-078 (rooms/v1#authorisation-rules 11.3). */
const otherwiseRefused: AuthRule = ({ event }) =>
  refuse("FED-AR-078", `${event.sender} is below the redact level and the redacted event is of another server`);

export const REDACTION_RULES: readonly AuthRule[] = [redactLevelSuffices, sameServerOfEventIds, otherwiseRefused];
