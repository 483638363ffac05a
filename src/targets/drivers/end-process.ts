import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

const GRACE_MS = 5000;

/** Ends a process that was started as the leader of its own group: politely first, for good after a grace time. */
export async function endProcess(child: ChildProcess, graceMs = GRACE_MS): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  signalGroup(child.pid, "SIGTERM");
  const timer = setTimeout(() => child.pid !== undefined && signalGroup(child.pid, "SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}

/** Signals a process group; one that is gone is what was wanted. */
function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
