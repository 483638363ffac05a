import type { AuthVerdict, RuleId } from "../../matrix/auth-rules/authorise.js";
import { powerLevels, type StateLookup } from "../../matrix/auth-rules/power-levels.js";
import { allow } from "../../matrix/auth-rules/verdict.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";
import { FORGOTTEN_RULES } from "../defects/forgotten-rules.js";
import { isOwnMembership } from "./membership.js";

/** The rules that this server has forgotten; undefined on a sound server. */
export function forgottenRules(core: Core): ReadonlySet<RuleId> | undefined {
  if ((core.options.defects?.size ?? 0) === 0) return undefined;
  const rules = FORGOTTEN_RULES.filter(({ name }) => core.has(name));
  return new Set(rules.flatMap(({ requirement, also = [] }) => [requirement, ...also]));
}

/** The room version as this server takes it; the rules themselves on a sound server. */
export function rulesAsSeenBy(core: Core, rules: RoomVersionRules): RoomVersionRules {
  if ((core.options.defects?.size ?? 0) === 0) return rules;
  return {
    ...rules,
    ...(core.has("knows-every-join-rule") ? { knock: true, restricted: true, knockRestricted: true } : {}),
    ...(core.has("knock-restricted-unknown") ? { knockRestricted: false } : {}),
    ...(core.has("knocks-in-old-rooms") ? { knock: true } : {}),
    ...(core.has("aliases-without-power") ? { aliasesRule: true } : {}),
    ...(core.has("strings-refused-in-old-rooms") ? { powerLevels: "integers" as const } : {}),
    ...(core.has("notification-levels-checked-in-old-rooms") ? { checksNotifications: true } : {}),
    ...(core.has("knows-further-creators") ? { privilegedCreators: true } : {}),
    ...(core.has("creators-are-ordinary") || core.has("creators-at-highest-level")
      ? { privilegedCreators: false }
      : {}),
  };
}

/** What this server makes of a verdict; the verdict itself on a sound server. */
export function verdictAsSeenBy(core: Core, event: Pdu, verdict: AuthVerdict, judged: Judged): AuthVerdict {
  if ((core.options.defects?.size ?? 0) === 0) return verdict;
  const leaving = isOwnMembership(event, "leave");
  if (!verdict.allowed) {
    const free =
      (leaving && core.has("leaves-from-anywhere")) ||
      (verdict.rule === "FED-AR-030" && core.has("creators-enter-uninvited") && isFurtherCreator(event, judged)) ||
      (verdict.rule === "FED-AR-048" && core.has("equals-remove-each-other") && areEquals(event, judged)) ||
      (verdict.rule === "FED-AR-051" && core.has("equals-ban-each-other") && areEquals(event, judged));
    return free ? allow(verdict.rule) : verdict;
  }
  const knocked = judged.state("m.room.member", event.sender)?.content.membership === "knock";
  return leaving && knocked && core.has("knocks-cannot-be-taken-back")
    ? { allowed: false, rule: verdict.rule, reason: "a knock stays" }
    : verdict;
}

/** Before which state, and by which rules, an event was judged. */
export interface Judged {
  readonly state: StateLookup;
  readonly rules: RoomVersionRules;
}

function areEquals({ sender, state_key: target }: Pdu, { state, rules }: Judged): boolean {
  const levels = powerLevels(state, rules);
  return levels.ofUser(sender) === levels.ofUser(target ?? "");
}

function isFurtherCreator({ sender }: Pdu, { state }: Judged): boolean {
  const listed = state("m.room.create", "")?.content.additional_creators;
  return Array.isArray(listed) && listed.includes(sender);
}
