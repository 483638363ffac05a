import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export interface SourceFile {
  /** Below `src/` or `specs/`, with forward slashes. */
  readonly path: string;
  /** The first folder of the path. */
  readonly layer: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
  /** What the file imports, types included: packages by name, own files by their path below the same folder. */
  readonly imports: readonly string[];
}

/** Every TypeScript file below `src/` or `specs/`. */
export function sourceFiles(folder: "src" | "specs"): readonly SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/u.test(file))
    .sort()
    .map((file) => sourceFile(file.split(sep).join("/"), readFileSync(join(ROOT, folder, file), "utf8")));
}

/** A file as the fences see it. */
export function sourceFile(path: string, text: string): SourceFile {
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return {
    path,
    layer: path.split("/")[0] ?? "",
    text,
    code: text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, ""),
    imports: imports.map((name) => (name.startsWith(".") ? posix.join(posix.dirname(path), name) : name)),
  };
}
