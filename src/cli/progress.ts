import type { Verdict } from "../evidence/verdict.js";
import { rollUp } from "../report/roll-up.js";
import type { Progress } from "../runner/play.js";
import type { Io } from "./io.js";

const MARKS: Readonly<Record<Verdict, string>> = {
  pass: "✓",
  fail: "✗",
  warn: "!",
  inconclusive: "?",
  "not-applicable": "-",
  "not-run": ".",
  review: "…",
  error: "E",
};

/** One line for each instance that has ended: for logs of continuous integration. */
export function plainProgress(io: Io): Progress {
  let total = 0;
  let done = 0;
  return {
    started(servers, instances) {
      total = instances;
      for (const { name, serverName } of servers) io.err(`${name} is up as ${serverName}`);
      io.err(`${instances} scenario instances`);
    },
    began() {},
    ended(instance, verdicts) {
      done += 1;
      const verdict = rollUp(verdicts);
      io.err(
        `${String(done).padStart(String(total).length)}/${total} ${MARKS[verdict]} ${verdict.padEnd(12)} ${instance}`,
      );
    },
  };
}

/** A line that is rewritten in place, for people at a terminal; whatever did not pass stays above it. */
export function liveProgress(write: (text: string) => void, columns: () => number): Progress {
  const running = new Set<string>();
  let total = 0;
  let done = 0;
  const show = () => {
    const first = running.values().next().value ?? "";
    const line = `${done}/${total} ${first}`;
    write(`\r\u001B[K${line.slice(0, Math.max(0, columns() - 1))}`);
  };
  return {
    started(servers, instances) {
      total = instances;
      for (const { name, serverName } of servers) write(`${name} is up as ${serverName}\n`);
      show();
    },
    began(instance) {
      running.add(instance);
      show();
    },
    ended(instance, verdicts) {
      running.delete(instance);
      done += 1;
      const verdict = rollUp(verdicts);
      if (verdict !== "pass") write(`\r\u001B[K${MARKS[verdict]} ${verdict} ${instance}\n`);
      show();
      if (done === total) write("\r\u001B[K");
    },
  };
}
