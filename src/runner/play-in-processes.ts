import type { JournalFile } from "../evidence/journal.js";
import { Part } from "./part.js";
import type { PartOptions } from "./part-messages.js";
import type { PlayOptions, Progress } from "./play.js";

/**
 * Plays a run in so many processes, each with servers of its own and a share of the instances, into one journal. Returns the number
 * of instances. Rejects as `play` does, with the first failure of one, once all have ended.
 */
export async function playInProcesses(
  options: PlayOptions & Pick<PartOptions, "folder">,
  journal: JournalFile,
  processes: number,
): Promise<number> {
  const { signal, now: _, progress, ...shared } = options;
  const workers = Math.ceil(options.workers / processes);
  const parts = Array.from(
    { length: processes },
    (_, at) => new Part({ ...shared, workers, part: { index: at + 1, count: processes } }, journal, progress),
  );
  const stopAll = (reason: unknown) => {
    for (const part of parts) part.tell({ kind: "stop", reason: reason instanceof Error ? reason.message : "" });
  };
  const stopped = () => stopAll(signal.reason);
  signal.addEventListener("abort", stopped, { once: true });
  if (signal.aborted) stopped();
  try {
    await beginTogether(parts, progress);
    const counts = await Promise.all(parts.map(({ ended }) => ended));
    return counts.reduce((sum, count) => sum + count, 0);
  } catch (error) {
    stopAll(error);
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", stopped);
    await Promise.all(parts.map((part) => part.close()));
  }
}

/** No instance begins before the journal holds what every part is to play. */
async function beginTogether(parts: readonly Part[], progress: Progress | undefined): Promise<void> {
  const starts = await Promise.all(parts.map(({ started }) => started));
  const instances = starts.reduce((sum, start) => sum + start.instances, 0);
  await progress?.started(
    starts.flatMap(({ servers }) => servers),
    instances,
  );
  for (const part of parts) part.tell({ kind: "go" });
}
