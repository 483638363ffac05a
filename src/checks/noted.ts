import type { SyncBatch } from "../client/sync-batch.js";
import type { StepContext } from "../steps/context.js";
import type { Finding } from "./define.js";
import type { JudgeView, Observation } from "./view.js";

/** What this expectation's `observe` noted. */
export function noted(view: JudgeView, what: string): Observation | undefined {
  return view.observations.findLast((seen) => seen.what === what && seen.data.expectation === view.expectation);
}

/** Notes the sync in which a client saw what it waited for; undefined when the time passed first. */
export function noteSync(context: StepContext, batch: SyncBatch | undefined): void {
  context.observe("sync", batch === undefined ? { seen: false } : { seen: true, exchange: batch.exchangeId });
}

/** Holds when such a sync was noted; `came` and `missed` say what was there in either case. */
export function noteOfSync(view: JudgeView, expected: string, came: string, missed: string): Finding {
  const seen = noted(view, "sync");
  if (seen === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
  if (seen.data.seen !== true) return { holds: false, expected, actual: missed };
  return { holds: true, expected, actual: came, exchanges: [String(seen.data.exchange)] };
}
