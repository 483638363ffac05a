import { readFileSync } from "node:fs";

/** The ids of this process's children that are alive (Linux). */
export function childProcesses(): readonly number[] {
  const { pid } = process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
}
