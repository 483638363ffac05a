import { isUserId } from "../identifiers.js";
import { isJsonObject, type JsonObject, type JsonValue, member } from "../json.js";
import type { AuthRule } from "./context.js";
import { isPrivilegedCreator } from "./creators.js";
import { readLevel } from "./level-value.js";

import { LEVEL_NAMES } from "./power-levels.js";
import { refuse } from "./verdict.js";

/** FED-AR-062 (rooms/v10#authorisation-rules 9.1). */
const namedLevelsAreIntegers: AuthRule = ({ event, rules }) => {
  if (rules.powerLevels !== "integers") return undefined;
  const bad = LEVEL_NAMES.find((name) => {
    const value = member(event.content, name);
    return value !== undefined && readLevel(value, rules.powerLevels) === undefined;
  });
  return bad === undefined ? undefined : refuse("FED-AR-062", `${bad} is not an integer`);
};

/** FED-AR-063 (rooms/v10#authorisation-rules 9.2). */
const tablesHoldIntegers: AuthRule = ({ event, rules }) => {
  if (rules.powerLevels !== "integers") return undefined;
  const isLevel = (value: JsonValue): boolean => readLevel(value, rules.powerLevels) !== undefined;
  const bad = (["events", "notifications"] as const).find((table) => {
    const value = member(event.content, table);
    return value !== undefined && !(isJsonObject(value) && Object.values(value).every(isLevel));
  });
  return bad === undefined ? undefined : refuse("FED-AR-063", `${bad} is not an object of integers`);
};

/** FED-AR-064 (rooms/v1#authorisation-rules 10.1), and with integers only FED-AR-065 (rooms/v10#authorisation-rules 9.3). */
const usersHaveLevels: AuthRule = ({ event, rules }) => {
  const users = member(event.content, "users");
  if (users === undefined) return undefined;
  const rule = rules.powerLevels === "integers" ? "FED-AR-065" : "FED-AR-064";
  if (!isJsonObject(users)) return refuse(rule, "users is not an object");
  const bad = badUser(users, (value) => readLevel(value, rules.powerLevels) !== undefined);
  return bad === undefined ? undefined : refuse(rule, `users has a wrong entry ${JSON.stringify(bad)}`);
};

/** FED-AR-066 (rooms/v12#authorisation-rules 10.4). */
const usersNameNoCreator: AuthRule = ({ event, rules, create }) => {
  const users = member(event.content, "users");
  if (!rules.privilegedCreators || !isJsonObject(users)) return undefined;
  const creator = Object.keys(users).find((user) => isPrivilegedCreator(user, create, rules));
  return creator === undefined ? undefined : refuse("FED-AR-066", `users names the creator ${creator}`);
};

function badUser(users: JsonObject, isLevel: (value: JsonValue) => boolean): string | undefined {
  return Object.entries(users).find(([user, level]) => !isUserId(user) || !isLevel(level))?.[0];
}

/** What the content must look like, whatever was there before. */
export const POWER_LEVELS_SHAPE_RULES: readonly AuthRule[] = [
  namedLevelsAreIntegers,
  tablesHoldIntegers,
  usersHaveLevels,
  usersNameNoCreator,
];
