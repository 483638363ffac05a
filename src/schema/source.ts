import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from "yaml";
import { type JsonValue, pointerParts } from "../matrix/json.js";
import { AuthoringError, type Place, type Problem } from "./problem.js";

export type Path = readonly (string | number)[];

/** A YAML file as plain JSON data that knows where everything stood. */
export interface Source {
  readonly file: string;
  readonly value: JsonValue;
  /** Where the value at the path stands; the nearest one around it when there is none. */
  placeOf(path: Path): Place;
  /** Where the last name of the path stands, as the key of its map. */
  placeOfKey(path: Path): Place;
  /** Whether the file says anything at the path. */
  has(path: Path): boolean;
}

/**
 * Reads YAML 1.2 that is plain data: no anchors, aliases, merges, tags, or two equal keys.
 * Throws AuthoringError. `file` is only named in places.
 */
export function readSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
    place: placeAt(error.pos[0]),
    message: plainWords(error.message),
  }));
  if (problems.length === 0) problems.push(...unwelcome(document, placeAt));
  if (problems.length > 0) throw new AuthoringError(problems);
  return {
    file,
    value: document.toJS() as JsonValue,
    placeOf: (path) => placeAt(startOf(nodeAt(document, path))),
    has: (path) => document.hasIn(path),
    placeOfKey: (path) => placeAt(keyStart(document, path) ?? startOf(nodeAt(document, path))),
  };
}

/** The parts of a JSON pointer, numbers for what can only be an index. */
export function pathOfPointer(pointer: string): Path {
  return pointerParts(pointer).map((part) => (/^(0|[1-9][0-9]*)$/u.test(part) ? Number(part) : part));
}

/** What an author calls the value at a path: its key, or its number in a list; `whole` for the file itself. */
export function nameOfPath(path: Path, whole: string): string {
  const last = path.at(-1);
  if (last === undefined) return whole;
  return typeof last === "number" ? `item ${last + 1} of \`${String(path.at(-2) ?? "")}\`` : `\`${last}\``;
}

function plainWords(message: string): string {
  return message === "Map keys must be unique"
    ? "this key occurs twice in its map"
    : (message.split("\n")[0] ?? message);
}

/** What YAML can do and data files must not. */
function unwelcome(document: Document.Parsed, placeAt: (offset: number) => Place): Problem[] {
  const problems: Problem[] = [];
  const complain = (node: unknown, message: string) =>
    problems.push({ place: placeAt(startOf(isNode(node) ? node : null)), message });
  visit(document, {
    Pair(_key, pair: Pair) {
      if (isScalar(pair.key) && pair.key.value === "<<") complain(pair.key, "merge keys are not allowed: write it out");
      else if (!isScalar(pair.key)) complain(pair.key, "a key must be plain text");
    },
    Node(_key, node) {
      if (isAlias(node)) complain(node, "aliases are not allowed: write it out");
      else if (node.anchor !== undefined) complain(node, "anchors are not allowed: write it out");
      else if (node.tag !== undefined && !node.tag.startsWith("tag:yaml.org,2002:"))
        complain(node, "tags are not allowed");
      if (isScalar(node) && !survives(node.value, node.source))
        complain(node, "JSON cannot carry this number: quote it");
    },
  });
  return problems;
}

function survives(value: unknown, source: string | undefined): boolean {
  if (typeof value !== "number") return true;
  if (!Number.isFinite(value)) return false;
  return source === undefined || !/^[-+]?[0-9]+$/u.test(source) || BigInt(source.replace("+", "")) === BigInt(value);
}

function nodeAt(document: Document.Parsed, path: Path): Node | null {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return document.contents;
}

function keyStart(document: Document.Parsed, path: Path): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const name = String(path.at(-1));
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return isNode(pair?.key) ? startOf(pair.key) : undefined;
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
