import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** True for the module that this process was started with, also through a link as package managers make them. */
export function isEntryPoint(moduleUrl: string): boolean {
  const script = process.argv[1];
  return script !== undefined && realpathSync(script) === fileURLToPath(moduleUrl);
}
