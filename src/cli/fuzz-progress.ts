import type { CampaignProgress, CampaignResult } from "../fuzz/campaign.js";
import type { Io } from "./io.js";

const EVERY_MS = 5_000;

/** A line every few seconds, and one for whatever differs or could not be settled. */
export function fuzzProgress(io: Io): CampaignProgress & { total(): number } {
  let total = 0;
  let startedAt = Date.now();
  let saidAt = startedAt;
  return {
    total: () => total,
    started(servers, histories) {
      total = histories;
      startedAt = Date.now();
      saidAt = startedAt;
      io.err(`${histories} histories for ${servers.join(" and ")}`);
    },
    played(tally) {
      const now = Date.now();
      if (now - saidAt < EVERY_MS && tally.played < total) return;
      saidAt = now;
      const rate = (tally.played / Math.max(1, now - startedAt)) * 1000;
      io.err(`${tally.played}/${total}, ${rate.toFixed(2)} a second: ${tallyInWords(tally)}`);
    },
    found({ roomVersion, number, differences, history, repeated, reading }) {
      const what = differences.slice(0, 1).map(({ kind, at }) => `: ${kind} at ${at}`);
      const size = repeated ? `${history.nodes.length} events suffice` : "not made smaller";
      const under = reading === undefined ? "" : `, right under another reading (${reading})`;
      io.err(`version ${roomVersion}, history ${number} differs${what} (${size})${under}`);
    },
    readOtherwise({ roomVersion, number }, reading) {
      io.err(`version ${roomVersion}, history ${number} is right under another reading: ${reading}`);
    },
    unsettled({ roomVersion, number }, reason) {
      io.err(`version ${roomVersion}, history ${number} is not settled: ${reason}`);
    },
  };
}

export function tallyInWords({ differing, readOtherwise, unsettled }: CampaignResult): string {
  return `${differing} differ, ${readOtherwise} are right under another reading alone, ${unsettled} could not be settled`;
}
