import { setTimeout as pause } from "node:timers/promises";
import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { contains } from "../../matrix/json-contains.js";
import { defineStep } from "../define.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { waitingFor, within } from "../waiting.js";
import { question } from "./asking.js";
import { ask } from "./client-calls.js";

const PACE_MS = 100;

export const askUntil = defineStep({
  name: "ask-until",
  summary:
    "A user's client asks its own server until the answer holds what is waited for, a refusal comes, or time is up",
  input: Type.Object(
    {
      ...question,
      holds: Type.Object(
        {},
        { additionalProperties: true, description: "Members of the answer, nested; of arrays, certain items." },
      ),
      within,
    },
    { additionalProperties: false },
  ),
  describe: ({ as: who, path }) => `${who} asks the own server until it tells what is waited for: GET ${path}`,
  async run(context, input) {
    const names = namesOf(context);
    const path = resolveText(input.path, names, encodeURIComponent);
    const wanted = resolveNames(input.holds as JsonObject, names);
    const isOver = async () => {
      const { status, body } = await ask(context, input.as, "GET", path, undefined, input.api);
      return status >= 300 || contains(body, wanted);
    };
    await waitingFor(context, input.within, async (signal) => {
      while (!(await isOver())) await pause(PACE_MS, undefined, { signal });
    });
  },
});
