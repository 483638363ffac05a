import { isJsonObject, type JsonObject, member } from "../json.js";

const NOTHING: JsonObject = {};

/** The object that another holds itself under a key, or an empty one. */
export function ownObject(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isJsonObject(value) ? value : NOTHING;
}
