import { type JsonObject, member } from "../json.js";
import { type AuthContext, type AuthRule, senderLevel } from "./context.js";
import { readLevel } from "./level-value.js";
import { ownObject } from "./own-object.js";
import { DEFAULT_LEVELS, LEVEL_NAMES } from "./power-levels.js";
import { POWER_LEVELS_SHAPE_RULES } from "./power-levels-shape.js";
import { allow, type Refused, type RuleId, refuse } from "./verdict.js";

/** A level before and after; absent where there is none, `unreadable` where this version cannot make it a number. */
type Level = number | "absent" | "unreadable";

interface Change {
  readonly name: string;
  readonly from: Level;
  readonly to: Level;
}

/** FED-AR-067 (rooms/v1#authorisation-rules 10.2). */
const isFirst: AuthRule = ({ state }) =>
  state("m.room.power_levels", "") === undefined ? allow("FED-AR-067") : undefined;

/** FED-AR-068 and FED-AR-069 (rooms/v1#authorisation-rules 10.3); a level not there counts as its default (FED-AR-083). */
const namedLevels: AuthRule = (context) => {
  for (const name of LEVEL_NAMES) {
    const change = changeOf(context, [], name);
    if (change === undefined) continue;
    const fallback = DEFAULT_LEVELS[name];
    const verdict =
      fromAbove(context, change, "FED-AR-068", fallback) ?? toAbove(context, change, "FED-AR-069", fallback);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
};

/** FED-AR-070 and FED-AR-071 (rooms/v1#authorisation-rules 10.4, 10.5). */
const eventLevels: AuthRule = (context) => tableLevels(context, "events", "FED-AR-070", "FED-AR-071");

/** FED-AR-072 (rooms/v6#authorisation-rules 9.4, 9.5). */
const notificationLevels: AuthRule = (context) =>
  context.rules.checksNotifications ? tableLevels(context, "notifications", "FED-AR-072", "FED-AR-072") : undefined;

/** FED-AR-073 (rooms/v1#authorisation-rules 10.6): one may lower oneself, but nobody on one's own level. */
const demotedUsers: AuthRule = (context) => {
  const level = senderLevel(context);
  for (const { name, from } of changesIn(context, "users")) {
    if (name === context.event.sender || typeof from !== "number" || from < level) continue;
    return refuse("FED-AR-073", `${name} has level ${from}, not below the sender's ${level}`);
  }
  return undefined;
};

/** FED-AR-074 (rooms/v1#authorisation-rules 10.7). */
const promotedUsers: AuthRule = (context) =>
  firstRefusal(changesIn(context, "users"), (change) => toAbove(context, change, "FED-AR-074"));

/** FED-AR-075 (rooms/v1#authorisation-rules 10.8). */
const otherwiseAllowed: AuthRule = () => allow("FED-AR-075");

function tableLevels(context: AuthContext, table: string, from: RuleId, to: RuleId): Refused | undefined {
  const changes = changesIn(context, table);
  return (
    firstRefusal(changes, (change) => fromAbove(context, change, from)) ??
    firstRefusal(changes, (change) => toAbove(context, change, to))
  );
}

function fromAbove(context: AuthContext, change: Change, rule: RuleId, fallback?: number): Refused | undefined {
  const current = typeof change.from === "number" ? change.from : fallback;
  const level = senderLevel(context);
  if (current === undefined || current <= level) return undefined;
  return refuse(rule, `${change.name} is at ${current}, above the sender's ${level}`);
}

/** A new value that is no level at all cannot be shown to be within the sender's reach. */
function toAbove(context: AuthContext, change: Change, rule: RuleId, fallback?: number): Refused | undefined {
  if (change.to === "unreadable") return refuse(rule, `the new value of ${change.name} is no power level`);
  const next = typeof change.to === "number" ? change.to : fallback;
  const level = senderLevel(context);
  if (next === undefined || next <= level) return undefined;
  return refuse(rule, `${change.name} would be at ${next}, above the sender's ${level}`);
}

function changesIn(context: AuthContext, table: string): Change[] {
  const [before, after] = contents(context).map((content) => Object.keys(ownObject(content, table)));
  const names = new Set([...(before ?? []), ...(after ?? [])]);
  return [...names].flatMap((name) => changeOf(context, [table], name) ?? []);
}

function changeOf(context: AuthContext, path: readonly string[], name: string): Change | undefined {
  const [from = "absent", to = "absent"] = contents(context).map((content) => {
    const value = member(path.reduce(ownObject, content), name);
    return value === undefined ? "absent" : (readLevel(value, context.rules.powerLevels) ?? "unreadable");
  });
  return from === to ? undefined : { name: [...path.slice(1), name].join("."), from, to };
}

function contents({ event, state }: AuthContext): [current: JsonObject, next: JsonObject] {
  return [state("m.room.power_levels", "")?.content ?? {}, event.content];
}

function firstRefusal(changes: readonly Change[], judge: (change: Change) => Refused | undefined): Refused | undefined {
  for (const change of changes) {
    const verdict = judge(change);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

export const POWER_LEVELS_RULES: readonly AuthRule[] = [
  ...POWER_LEVELS_SHAPE_RULES,
  isFirst,
  namedLevels,
  eventLevels,
  notificationLevels,
  demotedUsers,
  promotedUsers,
  otherwiseAllowed,
];
