import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mergeYaml } from "./merge-yaml.js";
import type { Preset } from "./target.js";
import type { TargetFile } from "./target-document.js";
import { TargetError } from "./target-error.js";
import { type LabValues, renderTemplate, soleValue } from "./template.js";

export interface ServerFile {
  readonly path: string;
  readonly content: string;
}

/** Everything that a server is given to start with, rendered for one instance. */
export interface ServerSetup {
  readonly files: readonly ServerFile[];
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Renders files, command and environment of a target under a preset. */
export async function renderSetup(target: TargetFile, preset: Preset, values: LabValues): Promise<ServerSetup> {
  const settings = target.presets?.[preset];
  const merge = settings?.merge ?? {};
  refuseUnknownMerges(target, preset, merge);
  const files = await Promise.all(
    Object.entries(target.files ?? {}).map(([path, source]) =>
      renderFile(target, values, { path, source, merge: merge[path] }),
    ),
  );
  const inTarget = (key: string) => (text: string) => renderTemplate(text, values, { file: target.path, key });
  const environment = { ...target.environment, ...settings?.environment };
  return {
    files,
    command: target.command?.map(inTarget("command")),
    environment: Object.fromEntries(
      Object.entries(environment).map(([name, text]) => [name, inTarget(`environment.${name}`)(text)]),
    ),
  };
}

async function renderFile(
  target: TargetFile,
  values: LabValues,
  file: { readonly path: string; readonly source: string; readonly merge: string | undefined },
): Promise<ServerFile> {
  const content = await contentOf(target, values, file.source, file.path);
  if (file.merge === undefined) return { path: file.path, content };
  const over = await contentOf(target, values, file.merge, file.path);
  return { path: file.path, content: mergeYaml(content, over, { base: file.source, over: file.merge }) };
}

async function contentOf(target: TargetFile, values: LabValues, source: string, key: string): Promise<string> {
  if (soleValue(source) !== undefined)
    return renderTemplate(source, values, { file: target.path, key: `files.${key}` });
  const path = join(target.folder, source);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const hint = `paths are relative to ${target.folder}`;
    throw new TargetError("template", `template ${source} for ${key} cannot be read`, hint, {
      place: target.path,
      cause,
    });
  });
  return renderTemplate(text, values, { file: path });
}

function refuseUnknownMerges(target: TargetFile, preset: Preset, merge: Readonly<Record<string, string>>): void {
  for (const path of Object.keys(merge)) {
    if (target.files && Object.hasOwn(target.files, path)) continue;
    const known = Object.keys(target.files ?? {}).join(", ") || "none";
    const what = `presets.${preset}.merge names ${path}, which is not under files`;
    throw new TargetError("template", what, `files: ${known}`, { place: target.path });
  }
}
