import { Parent } from "../../runner/parent.js";
import { type ExecutionSetting, playApart } from "./execution.js";
import type { FromPlayer, ToPlayer } from "./execution-messages.js";

/** The program of a process that an `ExecutionPool` begins: plays what it is given, several at a time. */
const parent = new Parent<ToPlayer, FromPlayer>();
parent.hear("set", ({ setting }) => {
  parent.hear("play", (errand) => void answer(errand, setting));
});

async function answer(
  { number, execution }: Extract<ToPlayer, { kind: "play" }>,
  setting: ExecutionSetting,
): Promise<void> {
  try {
    parent.tell({ kind: "played", number, executed: await playApart(execution, setting, parent.signal) });
  } catch (error) {
    parent.tell({ kind: "failed", number, message: error instanceof Error ? error.message : String(error) });
  }
}
