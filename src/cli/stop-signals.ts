import { setMaxListeners } from "node:events";
import type { Io } from "./io.js";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that the first signal to stop ends in an orderly way; a second one is left to the operating system. Work that ends
 * because of the signal counts as ended: what was recorded so far is to be reported.
 */
export async function untilStopped(work: (signal: AbortSignal) => Promise<unknown>, io: Io): Promise<void> {
  const controller = new AbortController();
  // Everything that a run waits for listens to this one signal; Node takes more than ten for a leak.
  setMaxListeners(0, controller.signal);
  const stop = (name: string) => {
    io.err(`${name}: stopping, taking the servers down`);
    for (const signal of SIGNALS) process.off(signal, stop);
    controller.abort(new Error(`stopped by ${name}`));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    if (error !== controller.signal.reason) io.err(error instanceof Error ? error.message : String(error));
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
