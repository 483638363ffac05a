import type { StateLookup } from "../../matrix/auth-rules/power-levels.js";
import { isJsonObject, type JsonObject, type JsonValue, omit } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { Core } from "../core.js";

const LEVELS = "m.room.power_levels";
const PLAIN_DIGITS = /^(?:0|-?[1-9][0-9]*)$/u;
/** With these a room begins. */
const FIRST_TYPES: ReadonlySet<string> = new Set([
  "m.room.create",
  "m.room.member",
  LEVELS,
  "m.room.join_rules",
  "m.room.history_visibility",
  "m.room.guest_access",
]);

/** The lookup through which a faulty server reads other power levels than there are. */
export function withFaultyLevels(core: Core, event: Pdu, lookup: StateLookup): StateLookup {
  const views: ((content: JsonObject) => JsonObject)[] = [];
  if (core.has("removals-are-free")) views.push((content) => ({ kick: 0, ban: 0, redact: 0, ...content }));
  if (core.has("state-is-free")) views.push((content) => ({ state_default: 0, ...content }));
  if (core.has("no-levels-for-kinds")) views.push((content) => omit(content, "events"));
  if (core.has("levels-in-plain-digits")) views.push(eachLevel(plainOnly));
  if (core.has("levels-rounded")) views.push(eachLevel(rounded));
  return (type, key) => {
    const found = lookup(type, key);
    if (type !== LEVELS) return found;
    if (found === undefined) return startingLevels(core, event, lookup);
    return { ...found, content: views.reduce((content, view) => view(content), found.content) };
  };
}

/** The event as a faulty server takes it. */
export function eventAsSeenBy(core: Core, event: Pdu): Pdu {
  if (event.state_key !== "" || FIRST_TYPES.has(event.type) || !core.has("empty-state-key-is-none")) return event;
  const { state_key: _, ...words } = event;
  return words;
}

/** The room version as the server's faults in reading levels make it. */
export function levelRules(core: Core, rules: RoomVersionRules, { event, state }: Judged): Partial<RoomVersionRules> {
  const asTexts = rules.powerLevels === "integers" && event.type === LEVELS;
  const waits = rules.privilegedCreators && !FIRST_TYPES.has(event.type) && state(LEVELS, "") === undefined;
  return {
    ...(asTexts && core.has("texts-as-levels-for-ever") ? { powerLevels: "integers-strings" } : {}),
    ...(waits && core.has("further-creators-wait-for-levels") ? { privilegedCreators: false } : {}),
  };
}

interface Judged {
  readonly event: Pdu;
  readonly state: StateLookup;
}

/** Empty levels in place of none: the creator is named nowhere in them. Its first steps in the room are left to it. */
function startingLevels(core: Core, { type }: Pdu, lookup: StateLookup): Pdu | undefined {
  const create = lookup("m.room.create", "");
  if (create === undefined || FIRST_TYPES.has(type) || !core.has("creators-start-at-nothing")) return undefined;
  return { ...create, type: LEVELS, content: {} };
}

function eachLevel(change: (level: JsonValue) => JsonValue): (content: JsonObject) => JsonObject {
  const changed = (value: JsonValue): JsonValue =>
    isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, changed(one)]))
      : change(value);
  return (content) => Object.fromEntries(Object.entries(content).map(([name, value]) => [name, changed(value)]));
}

function plainOnly(level: JsonValue): JsonValue {
  return typeof level === "string" && !PLAIN_DIGITS.test(level) ? 0 : level;
}

function rounded(level: JsonValue): JsonValue {
  return typeof level === "number" ? Math.round(level) : level;
}
