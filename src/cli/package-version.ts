import { readFileSync } from "node:fs";
import { isJsonObject } from "../matrix/json.js";

/** The version of this package. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return isJsonObject(manifest) ? String(manifest.version) : "";
}
