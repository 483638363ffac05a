import { setTimeout as pause } from "node:timers/promises";
import { request } from "undici";
import { withinTime } from "../net/time-limit.js";
import { milliseconds } from "../schema/durations.js";
import type { ServerLog } from "./server-log.js";
import type { Readiness } from "./target-document.js";
import { TargetError } from "./target-error.js";

const POLL_MS = 100;
const SHOWN_LINES = 30;

export interface ReadyWait {
  readonly name: string;
  readonly ready: Readiness;
  readonly clientUrl: string;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
}

/** Waits until a server answers. Rejects with a {@link TargetError} that shows the end of its log. */
export function awaitReady(wait: ReadyWait): Promise<void> {
  return withinTime(milliseconds(wait.ready.within), wait.signal, (signal, deadline) =>
    readyBefore(wait, signal, deadline),
  );
}

async function readyBefore(wait: ReadyWait, signal: AbortSignal, deadline: AbortSignal): Promise<void> {
  let came: "ready" | "ended";
  try {
    came =
      "log" in wait.ready
        ? await lineCame(wait.ready.log, wait, signal)
        : await answerCame(wait.ready.http, wait, signal);
  } catch (cause) {
    if (deadline.aborted) throw neverReady(wait);
    throw new TargetError("aborted", `the start of ${wait.name} was aborted`, "nothing to do: the run was ended", {
      cause,
    });
  }
  if (came === "ended") throw exited(wait);
}

async function lineCame(words: string, { log }: ReadyWait, signal: AbortSignal): Promise<"ready" | "ended"> {
  return (await log.waitFor(words, signal)) === "found" ? "ready" : "ended";
}

async function answerCame(path: string, wait: ReadyWait, signal: AbortSignal): Promise<"ready" | "ended"> {
  const stop = new AbortController();
  const polling = poll(`${wait.clientUrl}${path}`, AbortSignal.any([signal, stop.signal]));
  try {
    const ended = wait.log.ended(signal).then(() => "ended" as const);
    const came = await Promise.race([polling, ended]);
    signal.throwIfAborted();
    return came;
  } finally {
    stop.abort();
    await polling.catch(() => undefined);
  }
}

async function poll(url: string, signal: AbortSignal): Promise<"ready"> {
  for (;;) {
    const status = await request(url, { signal, headersTimeout: 2000, bodyTimeout: 2000, reset: true }).then(
      async (answer) => {
        await answer.body.dump();
        return answer.statusCode;
      },
      // Nobody listens yet: that is what is waited for.
      () => 0,
    );
    if (status === 200) return "ready";
    await pause(POLL_MS, undefined, { signal });
  }
}

function neverReady(wait: ReadyWait): TargetError {
  const sign = "log" in wait.ready ? `the line "${wait.ready.log}"` : `200 at ${wait.clientUrl}${wait.ready.http}`;
  const what = `${wait.name} was not ready within ${wait.ready.within}: ${sign} never came\n${lastLines(wait.log)}`;
  return new TargetError(
    "never-ready",
    what,
    "check `ready` in the target file, or give the server more time with `within`",
  );
}

function exited(wait: ReadyWait): TargetError {
  const taken = /address already in use|EADDRINUSE|Couldn't listen on/i.test(wait.log.tail(SHOWN_LINES));
  const what = `${wait.name} ended before it was ready\n${lastLines(wait.log)}`;
  return taken
    ? new TargetError("port-in-use", what, "another program holds the port: end it, or change `listens`")
    : new TargetError("exited", what, "its last lines above usually name the setting at fault");
}

function lastLines(log: ServerLog): string {
  const text = log.tail(SHOWN_LINES);
  return text === "" ? "it printed nothing" : `its last lines:\n${text.replaceAll(/^/gm, "  | ")}`;
}
