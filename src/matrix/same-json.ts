import { isJsonObject, type JsonMembers, type JsonValue, member } from "./json.js";

type Comparable = JsonValue | JsonMembers | undefined;

/**
 * Whether two values are the same JSON, whatever the order of members; an undefined member is an absent one. Unlike
 * `canonicalJson` it takes any number: what another server writes can be compared before it is known to have a canonical form.
 */
export function sameJson(one: Comparable, other: Comparable): boolean {
  if (one === other) return true;
  if (isList(one))
    return isList(other) && one.length === other.length && one.every((it, at) => sameJson(it, other[at]));
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => sameJson(member(one, key), member(other, key)));
}

function isList(value: Comparable): value is readonly JsonValue[] {
  return Array.isArray(value);
}
