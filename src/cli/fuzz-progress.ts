import type { CampaignProgress } from "../fuzz/campaign.js";
import type { Io } from "./io.js";

const EVERY_MS = 5_000;

/** A line every few seconds, and one for whatever differs or could not be settled. */
export function fuzzProgress(io: Io): CampaignProgress & { total(): number } {
  let total = 0;
  let startedAt = Date.now();
  let saidAt = startedAt;
  let differing = 0;
  let readOtherwise = 0;
  let unsettled = 0;
  return {
    total: () => total,
    started(servers, histories) {
      total = histories;
      startedAt = Date.now();
      saidAt = startedAt;
      io.err(`${histories} histories for ${servers.join(" and ")}`);
    },
    played(count) {
      const now = Date.now();
      if (now - saidAt < EVERY_MS && count < total) return;
      saidAt = now;
      const rate = (count / Math.max(1, now - startedAt)) * 1000;
      io.err(
        `${count}/${total}, ${rate.toFixed(2)} a second, ${differing} differ, ${readOtherwise} read otherwise, ${unsettled} unsettled`,
      );
    },
    found({ roomVersion, number, differences, history, repeated }) {
      differing += 1;
      const [first] = differences;
      const what = first === undefined ? "" : `: ${first.kind} at ${first.at}`;
      const size = repeated ? `${history.nodes.length} events suffice` : "not when played again";
      io.err(`version ${roomVersion}, history ${number} differs${what} (${size})`);
    },
    readOtherwise(roomVersion, number, reading) {
      readOtherwise += 1;
      io.err(`version ${roomVersion}, history ${number} is right under another reading: ${reading}`);
    },
    unsettled(roomVersion, number, reason) {
      unsettled += 1;
      io.err(`version ${roomVersion}, history ${number} is not settled: ${reason}`);
    },
  };
}
