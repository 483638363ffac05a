import { isJsonObject, type JsonValue } from "./json.js";

/** Every wanted member is there with the wanted value; objects are compared member by member, further members are allowed. */
export function contains(value: JsonValue | undefined, wanted: JsonValue): boolean {
  if (isJsonObject(wanted)) {
    return isJsonObject(value) && Object.entries(wanted).every(([key, member]) => contains(value[key], member));
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) &&
      wanted.every((member: JsonValue) => value.some((item: JsonValue) => contains(item, member)))
    );
  }
  return value === wanted;
}
