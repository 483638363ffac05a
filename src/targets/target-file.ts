import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { pointerParts } from "../matrix/json.js";
import { compileSchema } from "../schema/schema-files.js";
import type { SchemaProblem } from "../schema/validator.js";
import type { TargetDocument, TargetFile } from "./target-document.js";
import { TargetError } from "./target-error.js";

/** Reads and checks a target file; rejects with a {@link TargetError} that says where it is wrong. */
export async function readTargetFile(path: string): Promise<TargetFile> {
  const source = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new TargetError("target-not-found", `${path} cannot be read`, "give a target's name or its file", { cause });
  });
  return parseTargetFile(source, path);
}

/** The same for text that was read already; `path` is for messages and for the folder of its templates. */
export function parseTargetFile(source: string, path: string): TargetFile {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
  const [syntax] = document.errors;
  if (syntax) {
    const place = placeAt(path, lines, syntax.pos[0]);
    const hint = "the file is YAML 1.2; a string that holds ${…} between { } needs quotes";
    throw new TargetError("target-file", syntaxMessage(syntax.message), hint, { place });
  }
  const content: unknown = document.toJS();
  const [problem] = compileSchema("target")(content).filter(({ keyword }) => keyword !== "if");
  if (problem) throw invalid(problem, document, { path, lines });
  // The schema has just said that it is one.
  return { ...(content as TargetDocument), path, folder: dirname(path) };
}

function invalid(problem: SchemaProblem, document: Document, file: { path: string; lines: LineCounter }): TargetError {
  const at = pointerParts(problem.path);
  const what = `${at.length > 0 ? at.join(".") : "the target"} ${problem.message}`;
  const { additionalProperty, known } = problem.params;
  const key = typeof additionalProperty === "string" ? additionalProperty : undefined;
  const hint = Array.isArray(known) ? `known here: ${known.join(", ")}` : "docs/adding-a-target.md explains every key";
  return new TargetError("target-file", what, hint, {
    place: placeAt(file.path, file.lines, offsetOf(document, at, key)),
  });
}

function offsetOf(document: Document, at: readonly string[], key: string | undefined): number {
  const node = at.length === 0 ? document.contents : document.getIn(at, true);
  if (key && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (pair && isScalar(pair.key)) return pair.key.range?.[0] ?? 0;
  }
  return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}

function placeAt(path: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${path}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
}

function syntaxMessage(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}
