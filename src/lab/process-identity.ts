import { readFileSync } from "node:fs";

/** A process, told from a later one that was given the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks after boot at which it started; empty where the system does not tell. */
  readonly started: string;
}

/** The identity of a process that is alive; undefined when there is none with the id. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  if (!isAlive(pid)) return undefined;
  return { pid, started: startOf(pid) };
}

export function isSameAlive(identity: ProcessIdentity): boolean {
  const now = identityOf(identity.pid);
  return now !== undefined && now.started === identity.started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function startOf(pid: number): string {
  if (process.platform !== "linux") return "";
  try {
    // The command name, in parentheses, may itself hold spaces; the start time is the 20th field after it.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
