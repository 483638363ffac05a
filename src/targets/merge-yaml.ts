import { parseDocument, stringify } from "yaml";
import { TargetError } from "./target-error.js";

/** Merges one YAML text over another: mappings key by key, everything else replaced, null takes a key away. */
export function mergeYaml(base: string, over: string, files: { readonly base: string; readonly over: string }): string {
  return stringify(merge(read(base, files.base), read(over, files.over)), { lineWidth: 0 });
}

function merge(base: unknown, over: unknown): unknown {
  if (!isMapping(base) || !isMapping(over)) return over;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    if (value === null) merged.delete(key);
    else merged.set(key, merge(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function read(text: string, file: string): unknown {
  const document = parseDocument(text, { uniqueKeys: true });
  const [problem] = document.errors;
  if (!problem) return document.toJS();
  const start = problem.linePos?.[0];
  const place = start ? `${file}:${start.line}:${start.col}` : file;
  throw new TargetError("template", problem.message.split("\n")[0] ?? "", "a preset merges YAML over YAML only", {
    place,
  });
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
