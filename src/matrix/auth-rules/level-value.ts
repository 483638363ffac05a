import type { JsonValue } from "../json.js";
import type { RoomVersionRules } from "../room-versions.js";

type Spelling = RoomVersionRules["powerLevels"];

const INTEGER_TEXT = /^\s*[+-]?[0-9]+\s*$/u;

/**
 * The integer that a power level value stands for, or undefined when this room version cannot read it
 * (rooms/v1#mroompower_levels-events-accept-values-as-strings, rooms/v1#mroompower_levels-events-accept-values-as-floats,
 * rooms/v10#values-in-mroompower_levels-events-must-be-integers).
 */
export function readLevel(value: JsonValue | undefined, spelling: Spelling): number | undefined {
  if (typeof value === "number") return readNumber(value, spelling);
  if (typeof value !== "string" || spelling === "integers" || !INTEGER_TEXT.test(value)) return undefined;
  const level = Number(value.trim());
  return Number.isFinite(level) ? level : undefined;
}

function readNumber(value: number, spelling: Spelling): number | undefined {
  if (Number.isInteger(value)) return value;
  if (!Number.isFinite(value) || spelling !== "integers-strings-floats") return undefined;
  return Math.trunc(value);
}
