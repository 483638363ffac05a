import { serverNameOf } from "../identifiers.js";
import type { AuthRule } from "./context.js";
import { allow, refuse } from "./verdict.js";

/** FED-AR-015 (rooms/v1#authorisation-rules 4.1). */
const hasStateKey: AuthRule = ({ event }) =>
  event.state_key === undefined ? refuse("FED-AR-015", "an aliases event has a state_key") : undefined;

/** FED-AR-016 (rooms/v1#authorisation-rules 4.2). */
const stateKeyIsSendersServer: AuthRule = ({ event }) =>
  event.state_key === serverNameOf(event.sender)
    ? undefined
    : refuse("FED-AR-016", `state_key ${event.state_key} is not the server of ${event.sender}`);

/** FED-AR-017 (rooms/v1#authorisation-rules 4.3): no membership, no level is asked for. */
const otherwiseAllowed: AuthRule = () => allow("FED-AR-017");

export const ALIASES_RULES: readonly AuthRule[] = [hasStateKey, stateKeyIsSendersServer, otherwiseAllowed];
