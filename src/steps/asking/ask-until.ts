import { setTimeout as pause } from "node:timers/promises";
import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { contains } from "../../matrix/json-contains.js";
import { withinTime } from "../../net/time-limit.js";
import { milliseconds } from "../../schema/durations.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { DURATION } from "../durations.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { ask } from "./client-calls.js";

const PACE_MS = 100;
const DEFAULT = "10s";

export const askUntil = defineStep({
  name: "ask-until",
  summary:
    "A user's client asks its own server until the answer holds what is waited for, a refusal comes, or time is up",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast at a target." }),
      path: Type.String({
        description: "What follows `/_matrix/client/v3`; `${name}` is replaced and percent-encoded.",
        pattern: "^/",
      }),
      api: Type.Optional(Type.Literal("v1", { description: "The path follows `/_matrix/client/v1` instead." })),
      holds: Type.Object(
        {},
        { additionalProperties: true, description: "Members of the answer, nested; of arrays, certain items." },
      ),
      within: Type.Optional(
        Type.String({ pattern: DURATION, description: `For how long: \`${DEFAULT}\` unless said.` }),
      ),
    },
    { additionalProperties: false },
  ),
  describe: ({ as: who, path }) => `${who} asks the own server until it tells what is waited for: GET ${path}`,
  async run(context, input) {
    const names = namesOf(context);
    const path = resolveText(input.path, names, encodeURIComponent);
    const wanted = resolveNames(input.holds as JsonObject, names);
    const given = Math.min(milliseconds(input.within ?? DEFAULT), context.patienceMs);
    await withinTime(given, context.signal, async (signal, limit) => {
      for (;;) {
        const { status, body } = await ask(context, input.as, "GET", path, undefined, input.api);
        if (status >= 300 || contains(body, wanted)) return;
        if (!(await paused(context, signal, limit))) return;
      }
    });
  },
});

/** Waits for a moment; false when the time is up. Rejects when the scenario itself is stopped. */
async function paused(context: StepContext, signal: AbortSignal, limit: AbortSignal): Promise<boolean> {
  try {
    await pause(PACE_MS, undefined, { signal });
  } catch (error) {
    context.signal.throwIfAborted();
    if (!limit.aborted) throw error;
  }
  return !limit.aborted;
}
