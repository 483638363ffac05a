import { isJsonObject, type JsonObject } from "../matrix/json.js";
import type { CatalogueEntry } from "./model.js";

/**
 * The names that a call of a step binds: an argument's text, each item of a list, each key of a map.
 * Beside a number called `count`, a text is a prefix and binds `prefix-1` … as well.
 */
export function boundBy(args: JsonObject, step: CatalogueEntry | undefined): readonly string[] {
  return (step?.binds ?? []).flatMap((argument) => {
    const value = args[argument];
    if (isJsonObject(value)) return Object.keys(value);
    if (Array.isArray(value)) return value.filter((item): item is string => typeof item === "string");
    if (typeof value !== "string") return [];
    const count = typeof args.count === "number" ? args.count : 0;
    return [value, ...Array.from({ length: count }, (_, index) => `${value}-${index + 1}`)];
  });
}
