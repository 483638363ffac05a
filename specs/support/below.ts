import { isJsonObject, type JsonObject } from "../../src/matrix/json.js";

/** The object found by going down from one member to the next; an empty one when there is none. */
export function below(value: unknown, ...path: readonly string[]): JsonObject {
  const found = path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
  return isJsonObject(found) ? found : {};
}
