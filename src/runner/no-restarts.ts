import type { TargetFile } from "../targets/target-document.js";

/** Why a target cannot be taken down and up on its data, where it cannot. */
export function noRestarts({ driver }: Pick<TargetFile, "driver">): { readonly noRestarts?: string } {
  if (driver === "remote") return { noRestarts: "it is somebody else's to run" };
  if (driver === "process") return { noRestarts: "its driver starts its command once" };
  return {};
}
