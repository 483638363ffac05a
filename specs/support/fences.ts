import { type Exception, LAYERS, LONGEST_FILE, PURE_MODULES } from "./layers.js";
import type { SourceFile } from "./source-files.js";

/** Every way in which the files break the rules of the architecture, one line each. */
export function brokenFences(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...upwardImports(file), ...impureImports(file), ...tooLong(file)]);
}

/** Uses of the terminal or the environment outside `cli`. */
export function terminalUses(files: readonly SourceFile[]): Pick<Exception, "file" | "uses">[] {
  return files
    .filter(({ layer }) => layer !== "cli")
    .flatMap(({ path, code }) => {
      const found = code.match(/\bconsole\.|\bprocess\.(?:env|argv|exit|exitCode|stdin|stdout|stderr|cwd)\b/gu) ?? [];
      return [...new Set(found)].map((uses) => ({ file: path, uses: uses.replace(/\.$/u, "") }));
    });
}

/** Rows of the table without a folder, and folders without a row. */
export function staleRows(files: readonly SourceFile[]): string[] {
  const folders = new Set(files.map(({ layer }) => layer));
  return [
    ...LAYERS.filter((layer) => !folders.has(layer)).map((layer) => `the row ${layer} has no folder in src/`),
    ...[...folders].filter((folder) => !LAYERS.includes(folder)).map((folder) => `src/${folder} has no row`),
  ];
}

/** Steps and checks that no spec of their file speaks of. */
export function unspecified(files: readonly SourceFile[], specs: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, code }) => {
    const defined = [...code.matchAll(/export const (\w+)[^=]*= define(?:Step|Check)\(/gu)].map(
      ([, name]) => name ?? "",
    );
    const spec = specs.find((each) => each.path === path.replace(/\.tsx?$/u, ".spec.ts"));
    if (defined.length > 0 && spec === undefined) return [`${path} has no spec`];
    return defined
      .filter((name) => spec?.code.match(new RegExp(`\\b${name}\\b`, "u")) === null)
      .map((name) => `${path}: no spec of ${name}`);
  });
}

function upwardImports({ path, layer, imports }: SourceFile): string[] {
  const own = LAYERS.indexOf(layer);
  return imports.flatMap((name) => {
    const rank = LAYERS.indexOf(name.split("/")[0] ?? "");
    return /\.(js|json)$/u.test(name) && rank >= 0 && rank < own ? [`${path} imports upwards: ${name}`] : [];
  });
}

function impureImports({ path, layer, imports }: SourceFile): string[] {
  if (layer !== "matrix") return [];
  return imports
    .filter((name) => name.startsWith("node:") && !PURE_MODULES.includes(name))
    .map((name) => `${path} is to be pure and imports ${name}`);
}

function tooLong({ path, text }: SourceFile): string[] {
  const lines = text.replace(/\n$/u, "").split("\n").length;
  return lines > LONGEST_FILE ? [`${path} has ${lines} lines, more than ${LONGEST_FILE}`] : [];
}
