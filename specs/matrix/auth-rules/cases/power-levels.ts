import type { RuleId } from "../../../../src/matrix/auth-rules/authorise.js";
import { LEVEL_NAMES } from "../../../../src/matrix/auth-rules/power-levels.js";
import type { JsonObject, JsonValue } from "../../../../src/matrix/json.js";
import { ADMIN, type AuthCase, CREATOR, levels, MEMBER, MODERATOR, REMOTE } from "../../../support/auth-case.js";

const SENDING = { events: { "m.room.power_levels": 50 } };
const users = { [ADMIN]: 100, [MODERATOR]: 50, [MEMBER]: 50 };
const base: JsonObject = { users, ...SENDING };

/** The moderator, at 50, changes power levels from one content to another. */
function change(
  rule: RuleId,
  allowed: boolean,
  when: string,
  from: JsonObject,
  to: JsonObject,
  versions = "1-12",
): AuthCase {
  const event = levels({ ...base, ...to }, MODERATOR);
  return { rule, allowed, when, versions, event, state: [levels({ ...base, ...from })] };
}

function shape(rule: RuleId, versions: string, content: JsonObject): AuthCase {
  return { rule, allowed: false, when: JSON.stringify(content), versions, event: levels(content) };
}

const NOT_LEVELS: readonly JsonValue[] = [null, true, "x", "1.5", "", [1], {}];

const SHAPES: readonly AuthCase[] = [
  ...LEVEL_NAMES.map((name) => shape("FED-AR-062", "10-12", { [name]: "50" })),
  ...NOT_LEVELS.map((value) => shape("FED-AR-062", "10-12", { ban: value })),
  shape("FED-AR-062", "10-12", { ban: 1.5 }),
  ...["events", "notifications"].flatMap((table) => [
    shape("FED-AR-063", "10-12", { [table]: 5 }),
    shape("FED-AR-063", "10-12", { [table]: { room: "50" } }),
  ]),
  ...NOT_LEVELS.map((value) => shape("FED-AR-064", "1-9", { users: { [MEMBER]: value } })),
  shape("FED-AR-064", "6-9", { users: { [MEMBER]: 1.5 } }),
  shape("FED-AR-064", "1-5", { users: { [MEMBER]: Number.POSITIVE_INFINITY } }),
  shape("FED-AR-064", "1-9", { users: [MEMBER] }),
  shape("FED-AR-064", "1-9", { users: { member: 1 } }),
  ...NOT_LEVELS.map((value) => shape("FED-AR-065", "10-12", { users: { [MEMBER]: value } })),
  shape("FED-AR-065", "10-12", { users: { [MEMBER]: "50" } }),
  shape("FED-AR-065", "10-12", { users: { member: 1 } }),
  shape("FED-AR-066", "12", { users: { [CREATOR]: 100 } }),
  {
    ...shape("FED-AR-066", "12", { users: { [REMOTE]: 1 } }),
    state: [{ type: "m.room.create", state_key: "", sender: CREATOR, content: { additional_creators: [REMOTE] } }],
  },
  {
    rule: "FED-AR-066",
    allowed: false,
    when: "the first power levels name a creator",
    versions: "12",
    event: levels({ users: { [CREATOR]: 100 } }, CREATOR),
    without: ["m.room.power_levels"],
  },
  {
    rule: "FED-AR-067",
    allowed: true,
    when: "the first power levels give more than the sender has",
    versions: "1-12",
    event: levels({ users: { [MEMBER]: 1000 } }, CREATOR),
    without: ["m.room.power_levels"],
  },
];

const NAMED: readonly AuthCase[] = LEVEL_NAMES.flatMap((name) => [
  change("FED-AR-068", false, `${name} is lowered from above`, { [name]: 51 }, { [name]: 1 }),
  change("FED-AR-068", false, `${name} is removed from above`, { [name]: 51 }, {}),
  change("FED-AR-069", false, `${name} is raised above`, { [name]: 1 }, { [name]: 51 }),
  change("FED-AR-069", false, `${name} is added above`, {}, { [name]: 51 }),
  change("FED-AR-075", true, `${name} is changed within reach`, { [name]: 50 }, { [name]: 49 }),
  change("FED-AR-075", true, `${name} above reach is left alone`, { [name]: 99 }, { [name]: 99 }),
]);

const TABLES: readonly AuthCase[] = [
  change(
    "FED-AR-070",
    false,
    "an event's level is lowered from above",
    { events: { ...SENDING.events, a: 51 } },
    { events: { ...SENDING.events, a: 1 } },
  ),
  change("FED-AR-070", false, "an event's level above is removed", { events: { ...SENDING.events, a: 51 } }, {}),
  change(
    "FED-AR-071",
    false,
    "an event's level is raised above",
    { events: { ...SENDING.events, a: 1 } },
    { events: { ...SENDING.events, a: 51 } },
  ),
  change("FED-AR-071", false, "an event's level is added above", {}, { events: { ...SENDING.events, a: 51 } }),
  change("FED-AR-075", true, "an event's level is added within reach", {}, { events: { ...SENDING.events, a: 50 } }),
  ...[{ room: 51 }, { other: 51 }].flatMap((notifications) => [
    change("FED-AR-072", false, "a notification level is added above", {}, { notifications }, "6-12"),
    change("FED-AR-072", false, "a notification level above is removed", { notifications }, {}, "6-12"),
    change("FED-AR-075", true, "a notification level is added above", {}, { notifications }, "1-5"),
  ]),
];

const INHERITED_NAME: AuthCase = change(
  "FED-AR-075",
  true,
  "the level of an event type called like a thing objects inherit is removed",
  { events: { ...SENDING.events, constructor: 5 } },
  {},
);

const USERS: readonly AuthCase[] = [
  change("FED-AR-073", false, "an equal is demoted", {}, { users: { ...users, [MEMBER]: 0 } }),
  change("FED-AR-073", false, "an equal is removed", {}, { users: { [ADMIN]: 100, [MODERATOR]: 50 } }),
  change("FED-AR-073", false, "a superior is demoted", {}, { users: { ...users, [ADMIN]: 0 } }),
  change("FED-AR-075", true, "the sender demotes itself", {}, { users: { ...users, [MODERATOR]: 0 } }),
  change("FED-AR-074", false, "the sender promotes itself", {}, { users: { ...users, [MODERATOR]: 51 } }),
  change("FED-AR-074", false, "someone is added above the sender", {}, { users: { ...users, [REMOTE]: 51 } }),
  change("FED-AR-075", true, "someone is added at the sender's level", {}, { users: { ...users, [REMOTE]: 50 } }),
  change(
    "FED-AR-075",
    true,
    "someone below is changed",
    { users: { ...users, [REMOTE]: 49 } },
    { users: { ...users, [REMOTE]: 0 } },
  ),
  change(
    "FED-AR-075",
    true,
    "only the spelling of a level changes",
    {},
    { users: { ...users, [ADMIN]: "100" } },
    "1-9",
  ),
  change(
    "FED-AR-075",
    true,
    "only the fraction of a level changes",
    {},
    { users: { ...users, [ADMIN]: 100.5 } },
    "1-5",
  ),
  {
    rule: "FED-AR-075",
    allowed: true,
    when: "a creator lowers the highest level there is",
    versions: "12",
    event: levels({}, CREATOR),
    state: [levels({ ban: Number.MAX_SAFE_INTEGER, users: { [ADMIN]: Number.MAX_SAFE_INTEGER } })],
  },
  {
    rule: "FED-AR-069",
    allowed: false,
    when: "a new level is not one",
    versions: "1-9",
    event: levels({ ...base, ban: "much" }, MODERATOR),
    state: [levels(base)],
  },
];

/** FED-AR-083: an absent level counts as its default. */
const DEFAULTS: readonly AuthCase[] = [
  {
    rule: "FED-AR-068",
    allowed: false,
    when: "ban is added below its default by someone below it",
    versions: "1-12",
    event: levels({ users: { [MEMBER]: 40 }, state_default: 0, ban: 10 }, MEMBER),
    state: [levels({ users: { [MEMBER]: 40 }, state_default: 0 })],
  },
  {
    rule: "FED-AR-069",
    allowed: false,
    when: "ban is removed, so that its default above the sender rules",
    versions: "1-12",
    event: levels({ users: { [MEMBER]: 40 }, state_default: 0 }, MEMBER),
    state: [levels({ users: { [MEMBER]: 40 }, state_default: 0, ban: 10 })],
  },
];

export const POWER_LEVELS_CASES: readonly AuthCase[] = [
  ...SHAPES,
  ...NAMED,
  ...TABLES,
  INHERITED_NAME,
  ...USERS,
  ...DEFAULTS,
];
