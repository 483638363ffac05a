import type { Pdu } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { ALIASES_RULES } from "./aliases.js";
import { type AuthoriseOptions, type AuthRule, authContext, decision, firstDecision } from "./context.js";
import { CREATE_RULES } from "./create.js";
import {
  otherwiseAllowed,
  senderHasRequiredLevel,
  senderIsJoined,
  thirdPartyInviteNeedsInviteLevel,
  userStateIsOnesOwn,
} from "./general.js";
import { MEMBER_RULES } from "./member.js";
import type { StateLookup } from "./power-levels.js";
import { POWER_LEVELS_RULES } from "./power-levels-event.js";
import { REDACTION_RULES } from "./redaction.js";
import { roomFederates, roomHasCreate, roomIdNamesCreate } from "./room.js";
import { type AuthVerdict, allow } from "./verdict.js";

export type { AuthoriseOptions, ForgottenRules } from "./context.js";
export type { StateLookup } from "./power-levels.js";
export type { AuthVerdict, RuleId } from "./verdict.js";

/** The rules of one event type. The last of them always decides; whoever has forgotten it lets everything through. */
function only(type: string, rules: readonly AuthRule[]): AuthRule {
  return (context) => (context.event.type === type ? decision(rules, context) : undefined);
}

const aliasesWhereSpecial: AuthRule = (context) =>
  context.rules.aliasesRule ? only("m.room.aliases", ALIASES_RULES)(context) : undefined;

const redactionWhereSpecial: AuthRule = (context) =>
  context.rules.redactionByAuthRule ? only("m.room.redaction", REDACTION_RULES)(context) : undefined;

/** The rules in the order of the specification. The one about `auth_events` is `checkAuthEvents`: it needs those events, not a state. */
const SEQUENCE: readonly AuthRule[] = [
  only("m.room.create", CREATE_RULES),
  roomIdNamesCreate,
  roomHasCreate,
  roomFederates,
  aliasesWhereSpecial,
  only("m.room.member", MEMBER_RULES),
  senderIsJoined,
  thirdPartyInviteNeedsInviteLevel,
  senderHasRequiredLevel,
  userStateIsOnesOwn,
  only("m.room.power_levels", POWER_LEVELS_RULES),
  redactionWhereSpecial,
  otherwiseAllowed,
];

/**
 * Judges an event by the authorisation rules of its room version against one state: that of its auth events, that before
 * it, or the room's current one (rooms/v1#authorisation-rules … rooms/v12#authorisation-rules).
 */
export function authorise(
  event: Pdu,
  rules: RoomVersionRules,
  state: StateLookup,
  options: AuthoriseOptions,
): AuthVerdict {
  return firstDecision(SEQUENCE, authContext(event, rules, state, options)) ?? allow("FED-AR-079");
}
