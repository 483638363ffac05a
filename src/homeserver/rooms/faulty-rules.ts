import type { AuthVerdict, ForgottenRules } from "../../matrix/auth-rules/authorise.js";
import { type PowerLevels, powerLevels, type StateLookup } from "../../matrix/auth-rules/power-levels.js";
import type { Allowed, RuleId } from "../../matrix/auth-rules/verdict.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";
import { FORGOTTEN_RULES } from "../defects/forgotten-rules.js";
import { levelRules } from "./faulty-levels.js";
import { isOwnMembership } from "./membership.js";

/** By rule, the defects that make a server forget it. */
const FORGETFUL = new Map<string, readonly string[]>();
for (const { name, requirement, also = [] } of FORGOTTEN_RULES) {
  for (const rule of [requirement, ...also]) FORGETFUL.set(rule, [...(FORGETFUL.get(rule) ?? []), name]);
}
// Who takes older rooms for such with privileged creators does not stumble over levels that name them.
FORGETFUL.set("FED-AR-066", [...(FORGETFUL.get("FED-AR-066") ?? []), "knows-further-creators"]);

// Who writes the room's id into its first event takes such events.
FORGETFUL.set("FED-AR-003", [...(FORGETFUL.get("FED-AR-003") ?? []), "lists-create-room-id"]);

/** Whether this server has any fault; only then is anything below worth asking. */
export function isFaulty(core: Core): boolean {
  return (core.options.defects?.size ?? 0) > 0;
}

/** The rules that this server has forgotten; undefined on a sound server. */
export function forgottenRules(core: Core): ForgottenRules | undefined {
  if (!isFaulty(core)) return undefined;
  return { has: (rule: RuleId) => (FORGETFUL.get(rule) ?? []).some((name) => core.has(name)) };
}

/** An event and the state that it is judged against. */
export interface Judged {
  readonly event: Pdu;
  readonly state: StateLookup;
}

/** The room version as this server takes it; the rules themselves on a sound server. */
export function rulesAsSeenBy(core: Core, rules: RoomVersionRules, judged: Judged): RoomVersionRules {
  if (!isFaulty(core)) return rules;
  const { event, state } = judged;
  const listed = state("m.room.create", "")?.content.additional_creators !== undefined;
  const aliases = event.type === "m.room.aliases";
  const levels = event.type === "m.room.power_levels";
  const combined = state("m.room.join_rules", "")?.content.join_rule === "knock_restricted";
  return {
    ...rules,
    ...(!rules.knock && core.has("knocks-in-old-rooms") ? { knock: true } : {}),
    ...(!rules.knockRestricted && core.has("knows-every-join-rule") ? LATER_JOIN_RULES : {}),
    ...(combined && core.has("knock-restricted-unknown") ? { knockRestricted: false } : {}),
    ...(aliases && !rules.aliasesRule && core.has("aliases-without-power") ? { aliasesRule: true } : {}),
    ...(aliases && rules.aliasesRule && core.has("aliases-as-other-state") ? { aliasesRule: false } : {}),
    ...(rules.powerLevels !== "integers" && levels && core.has("strings-refused-in-old-rooms") ? INTEGERS : {}),
    ...(!rules.checksNotifications && levels && core.has("notification-levels-checked-in-old-rooms")
      ? { checksNotifications: true }
      : {}),
    ...(!rules.privilegedCreators && listed && core.has("knows-further-creators") ? { privilegedCreators: true } : {}),
    ...(rules.privilegedCreators && core.has("creators-at-hundred") ? { privilegedCreators: false } : {}),
    ...levelRules(core, rules, judged),
  };
}

const LATER_JOIN_RULES = { knock: true, restricted: true, knockRestricted: true } as const;
const INTEGERS = { powerLevels: "integers" } as const;

/** What this server makes of a verdict; the verdict itself on a sound server. */
export function verdictAsSeenBy(
  core: Core,
  verdict: AuthVerdict,
  judged: Judged,
  rules: RoomVersionRules,
): AuthVerdict {
  if (!isFaulty(core)) return verdict;
  const levels = powerLevels(judged.state, rules);
  if (verdict.allowed) {
    const missed = isMissed(core, verdict, judged, levels);
    return missed ? { allowed: false, rule: verdict.rule, reason: "misjudged" } : verdict;
  }
  return isLetThrough(core, verdict.rule, judged, levels) ? { allowed: true, rule: verdict.rule } : verdict;
}

function isLetThrough(core: Core, rule: RuleId, { event, state }: Judged, levels: PowerLevels): boolean {
  if (isOwnMembership(event, "leave")) return core.has("leaves-from-anywhere");
  const equals = levels.ofUser(event.sender) === levels.ofUser(event.state_key ?? "");
  if (rule === "FED-AR-048") return equals && core.has("equals-remove-each-other");
  if (rule === "FED-AR-051") return equals && core.has("equals-ban-each-other");
  if (rule === "FED-AR-036") return core.has("exchanges-in-its-own-name");
  if (rule === "FED-AR-038") return core.has("believes-any-voucher");
  const listed = state("m.room.create", "")?.content.additional_creators;
  const further = Array.isArray(listed) && listed.includes(event.sender);
  return rule === "FED-AR-030" && further && core.has("creators-enter-uninvited");
}

const HOUR_MS = 3_600_000;

function isFarOff(core: Core, { origin_server_ts: ts }: Pdu): boolean {
  return Math.abs(ts - core.options.now()) > HOUR_MS;
}

function isMissed(core: Core, { rule }: Allowed, { event, state }: Judged, levels: PowerLevels): boolean {
  const level = levels.ofUser(event.sender);
  const before = state("m.room.member", event.sender)?.content.membership;
  if (event.state_key === undefined && core.has("refuses-other-times") && isFarOff(core, event)) return true;
  switch (rule) {
    case "FED-AR-023":
      return before === "join" && core.has("members-of-closed-rooms-stay-as-they-are");
    case "FED-AR-041":
      return level === levels.invite && core.has("invite-level-must-be-exceeded");
    case "FED-AR-044":
      return before === "knock" && core.has("knocks-cannot-be-taken-back");
    case "FED-AR-047":
      return level === levels.kick && core.has("kick-level-must-be-exceeded");
    case "FED-AR-050":
      return level === levels.ban && core.has("ban-level-must-be-exceeded");
    case "FED-AR-055":
      return before === "knock" && core.has("knocks-only-once");
    default:
      return false;
  }
}
