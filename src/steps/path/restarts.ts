import { Type } from "@sinclair/typebox";
import type { Power } from "../../targets/target.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";

const closed = { additionalProperties: false } as const;
const server = Type.String({ description: "The seat of a server under test." });

export const shutDown = defineStep({
  name: "shut-down",
  summary: "A server under test is taken down; its data stays",
  input: Type.Object({ server }, closed),
  describe: ({ server: seat }) => `${seat} goes down`,
  run: (context, input) => powerOf(context, input.server).shutDown(),
});

export const startUp = defineStep({
  name: "start-up",
  summary: "A server under test that was taken down comes up again, on the data that it had",
  input: Type.Object({ server }, closed),
  describe: ({ server: seat }) => `${seat} comes up again`,
  run: (context, input) => powerOf(context, input.server).startUp(context.signal),
});

function powerOf(context: StepContext, seat: string): Power {
  return context.power(seat) ?? context.fail(undefined, `${seat} cannot be restarted`);
}
