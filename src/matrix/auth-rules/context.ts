import { eventIdOf } from "../events/hashes.js";
import type { EventId, Pdu, ServerName, UserId } from "../pdu.js";
import type { RoomVersionRules } from "../room-versions.js";
import { type PowerLevels, powerLevels, type StateLookup } from "./power-levels.js";
import { type AuthVerdict, allow, type RuleId } from "./verdict.js";

export interface AuthoriseOptions {
  /** Whether the event carries a valid signature of this server. Where that was settled on receipt: `() => true`. */
  readonly signedBy: (server: ServerName) => boolean;
  /** Names events that the caller already knows; computed from the event when absent. */
  readonly eventId?: (event: Pdu) => EventId | undefined;
  /** Rules that a faulty server has forgotten: they decide nothing, and the rules after them are asked. */
  readonly forgotten?: ForgottenRules | undefined;
}

/** One event before one state of its room: what every rule looks at. */
export interface AuthContext {
  readonly event: Pdu;
  readonly rules: RoomVersionRules;
  readonly state: StateLookup;
  readonly create: Pdu | undefined;
  readonly levels: PowerLevels;
  readonly signedBy: (server: ServerName) => boolean;
  readonly eventId: (event: Pdu) => EventId;
  readonly forgotten: ForgottenRules;
}

/** Tells whether a rule that would decide is forgotten. */
export type ForgottenRules = Pick<ReadonlySet<RuleId>, "has">;

const NONE: ForgottenRules = new Set();

/** A rule decides, or leaves the event to the rules after it. */
export type AuthRule = (context: AuthContext) => AuthVerdict | undefined;

export function authContext(
  event: Pdu,
  rules: RoomVersionRules,
  state: StateLookup,
  options: AuthoriseOptions,
): AuthContext {
  return {
    event,
    rules,
    state,
    create: state("m.room.create", ""),
    levels: powerLevels(state, rules),
    signedBy: options.signedBy,
    eventId: (other) => options.eventId?.(other) ?? eventIdOf(other, rules),
    forgotten: options.forgotten ?? NONE,
  };
}

/** A user's membership in the state; someone without a member event has left. */
export function membershipOf(context: AuthContext, user: UserId): string {
  const membership = context.state("m.room.member", user)?.content.membership;
  return typeof membership === "string" ? membership : "leave";
}

/** The sender's power level in the state. */
export function senderLevel(context: AuthContext): number {
  return context.levels.ofUser(context.event.sender);
}

/** The room's join rule. The rules do not say what a room without one is like; the narrowest ordinary rule is meant everywhere. */
export function joinRule(context: AuthContext): string {
  const rule = context.state("m.room.join_rules", "")?.content.join_rule;
  return typeof rule === "string" ? rule : "invite";
}

/** Runs rules in order until one decides. */
export function firstDecision(rules: readonly AuthRule[], context: AuthContext): AuthVerdict | undefined {
  for (const rule of rules) {
    const verdict = rule(context);
    if (verdict !== undefined && !context.forgotten.has(verdict.rule)) return verdict;
  }
  return undefined;
}

/** The same for rules of which the last always decides: that one forgotten, nothing is left to say no. */
export function decision(rules: readonly AuthRule[], context: AuthContext): AuthVerdict {
  return firstDecision(rules, context) ?? allow("FED-AR-079");
}
