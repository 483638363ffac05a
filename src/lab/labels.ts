import { hostname } from "node:os";
import { identityOf, isSameAlive } from "./process-identity.js";

/** On every container and network that Concordat makes. */
export const CONCORDAT_LABEL = "org.concordat";
const RUN = "org.concordat.run";
const PID = "org.concordat.pid";
const STARTED = "org.concordat.started";
const HOST = "org.concordat.host";

export type Labels = Readonly<Record<string, string>>;

/** Says whose a container or network is: the run, and the process that must be alive for it to be in use. */
export function runLabels(runId: string): Record<string, string> {
  const own = identityOf(process.pid);
  return {
    [CONCORDAT_LABEL]: "true",
    [RUN]: runId,
    [PID]: String(process.pid),
    [STARTED]: own?.started ?? "",
    [HOST]: hostname(),
  };
}

/** Finds what a run has made. */
export function labelOfRun(runId: string): string {
  return `${RUN}=${runId}`;
}

/** Whether the process that made a thing is gone. Things of other hosts (a shared engine) are never called leftovers. */
export function isLeftover(labels: Labels): boolean {
  if (labels[CONCORDAT_LABEL] !== "true" || labels[HOST] !== hostname()) return false;
  return !isSameAlive({ pid: Number(labels[PID]), started: labels[STARTED] ?? "" });
}
