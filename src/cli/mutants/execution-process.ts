import { setMaxListeners } from "node:events";
import { type ExecutionSetting, playApart } from "./execution.js";
import type { FromPlayer, ToPlayer } from "./execution-messages.js";

/** The program of a process that an `ExecutionPool` begins: plays what it is given, several at a time. */
function serve(setting: ExecutionSetting): void {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  process.on("message", (message: ToPlayer) => {
    if (message.kind === "play") void answer(message, setting, stop.signal);
    if (message.kind === "stop") stop.abort(new Error(message.reason));
  });
  process.once("disconnect", () => stop.abort(new Error("the process that wanted to know is gone")));
}

async function answer(
  { number, execution }: Extract<ToPlayer, { kind: "play" }>,
  setting: ExecutionSetting,
  signal: AbortSignal,
): Promise<void> {
  try {
    send({ kind: "played", number, executed: await playApart(execution, setting, signal) });
  } catch (error) {
    send({ kind: "failed", number, message: error instanceof Error ? error.message : String(error) });
  }
}

function send(message: FromPlayer): void {
  if (process.connected) process.send?.(message);
}

// A terminal's signal reaches every process; the first one decides what follows from it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.once("message", (message: ToPlayer) => {
  if (message.kind === "set") serve(message.setting);
});
