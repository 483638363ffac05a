import { join } from "node:path";
import { PACKAGE_FOLDER } from "../../src/cli/project.js";
import type { TargetFile } from "../../src/targets/target-document.js";
import { readTargetFile } from "../../src/targets/target-file.js";

/** A target of the package, by name. */
export function shippedTarget(name: string): Promise<TargetFile> {
  return readTargetFile(join(PACKAGE_FOLDER, "targets", `${name}.yaml`));
}
