import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { TargetFile } from "../targets/target-document.js";
import { TargetError } from "../targets/target-error.js";
import { readTargetFile } from "../targets/target-file.js";
import { UsageError } from "./command.js";
import { dataFiles } from "./project.js";

/** The targets of a command line, by name (of the package or of the working directory) or by file, each once. Rejects with TargetError. */
export async function chosenTargets(names: readonly string[], cwd: string): Promise<readonly TargetFile[]> {
  const known = dataFiles("targets", cwd);
  const chosen = await Promise.all(
    names.map(async (name) => {
      const path = resolve(cwd, name);
      if (/[/\\]|\.ya?ml$/.test(name) && existsSync(path)) return readTargetFile(path);
      const named = known.find((file) => basename(file.path).replace(/\.ya?ml$/, "") === name);
      if (named !== undefined) return readTargetFile(named.path);
      const names = known.map((file) => basename(file.path).replace(/\.ya?ml$/, "")).join(", ");
      throw new TargetError("target-not-found", `there is no target "${name}"`, `known: ${names}; or give a file`);
    }),
  );
  const [twice] = chosen.filter((target, at) => chosen.findIndex(({ name }) => name === target.name) !== at);
  if (twice !== undefined)
    throw new UsageError(`--target ${twice.name} is given twice; one target already sits in every seat`);
  return chosen;
}
