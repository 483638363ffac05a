import { isJsonObject, type JsonValue, pointerParts } from "../../matrix/json.js";
import { contains } from "../../matrix/json-contains.js";
import { sameJson } from "../../matrix/same-json.js";
import type { Change, Selection } from "./rule.js";

type Path = readonly string[];

/** The place after the last item of a list (RFC 6901 section 4). */
const END = "-";

/** Whether the document has a place that is selected. */
export function has(document: JsonValue | undefined, selection: Selection): boolean {
  return document !== undefined && selected(document, selection).length > 0;
}

/** The document with all changes, one after the other; undefined when they change nothing. */
export function rewritten(document: JsonValue, changes: readonly Change[]): JsonValue | undefined {
  let [current, changed] = [document, false];
  for (const change of changes) {
    // The last first: what is taken out of a list does not move those before it.
    for (const path of placesOf(current, change).reverse()) {
      current = replaced(current, path, change.set) as JsonValue;
      changed = true;
    }
  }
  return changed ? current : undefined;
}

function placesOf(document: JsonValue, change: Change): Path[] {
  const parts = pointerParts(change.at ?? "");
  return selected(document, change).flatMap((base) =>
    pathsTo(valueAt(document, base), parts, change.set !== undefined)
      .map((rest) => [...base, ...rest])
      .filter((path) => change.set === undefined || !sameJson(valueAt(document, path), change.set)),
  );
}

function selected(document: JsonValue, { within, where }: Selection): Path[] {
  const paths = pathsTo(document, pointerParts(within ?? ""), false);
  return where === undefined ? paths : paths.filter((path) => contains(valueAt(document, path), where));
}

/** The paths that the parts lead to; where `mayBeNew`, the last member need not be there yet. */
function pathsTo(value: JsonValue | undefined, parts: Path, mayBeNew: boolean): Path[] {
  const [part, ...rest] = parts;
  if (part === undefined) return value === undefined ? [] : [[]];
  if (!isContainer(value)) return [];
  const members = part === "*" ? Object.keys(value) : [part];
  return members.flatMap((key) => {
    const child = childOf(value, key);
    const isPlaceForNew = isJsonObject(value) || key === END;
    if (child === undefined) return mayBeNew && rest.length === 0 && isPlaceForNew ? [[key]] : [];
    return pathsTo(child, rest, mayBeNew).map((path) => [key, ...path]);
  });
}

/** A copy with the value at the path replaced, or taken out when there is no new one. */
function replaced(
  value: JsonValue | undefined,
  [part, ...rest]: Path,
  by: JsonValue | undefined,
): JsonValue | undefined {
  if (part === undefined) return by;
  const child = isContainer(value) ? replaced(childOf(value, part), rest, by) : undefined;
  if (isList(value)) {
    if (part === END) return child === undefined ? value : [...value, child];
    const at = Number(part);
    return child === undefined ? value.toSpliced(at, 1) : value.with(at, child);
  }
  if (!isJsonObject(value)) return value;
  const others = Object.entries(value).filter(([key]) => key !== part);
  if (child === undefined) return Object.fromEntries(others);
  // In its old place: the order of members stays.
  const entries = Object.entries(value).map(([key, old]) => [key, key === part ? child : old] as const);
  return Object.fromEntries(others.length === entries.length ? [...entries, [part, child]] : entries);
}

function valueAt(value: JsonValue | undefined, [part, ...rest]: Path): JsonValue | undefined {
  if (part === undefined) return value;
  return isContainer(value) ? valueAt(childOf(value, part), rest) : undefined;
}

function childOf(value: JsonValue, key: string): JsonValue | undefined {
  return Object.hasOwn(value as object, key) ? (value as Record<string, JsonValue>)[key] : undefined;
}

function isContainer(value: JsonValue | undefined): value is Exclude<JsonValue, string | number | boolean | null> {
  return typeof value === "object" && value !== null;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
