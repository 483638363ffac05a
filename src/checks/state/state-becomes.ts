import { Type } from "@sinclair/typebox";
import type { ClientAnswer } from "../../client/client-error.js";
import { clientPath } from "../../client/paths.js";
import type { JsonObject } from "../../matrix/json.js";
import { resolveNames } from "../../steps/names.js";
import { namesOf } from "../../steps/names-of.js";
import { milliseconds, waitingFor, within } from "../../steps/waiting.js";
import { shown } from "../answers/responses.js";
import { holds } from "../arrivals/arrivals.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";

const closed = { additionalProperties: false } as const;

export const stateBecomes = defineCheck({
  name: "state-becomes",
  summary: "A user's server comes to say that a state event of a room holds certain members, or that there is none",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast at a target." }),
      room: Type.String({ description: "The name that the room was bound to." }),
      type: Type.String(),
      key: Type.Optional(Type.String({ description: "The state key; `${name}` stands for a user." })),
      content: Type.Optional(
        Type.Object({}, { additionalProperties: true, description: "Members that it must hold." }),
      ),
      absent: Type.Optional(Type.Literal(true, { description: "There is no such state event." })),
      within,
    },
    closed,
  ),
  /** Looks whenever /sync has news, and once more at the end, as state can move without an event of its own. */
  async observe(context, input) {
    const names = namesOf(context);
    const client = context.client(input.as);
    const path = clientPath(
      "rooms",
      context.roomId(input.room),
      "state",
      input.type,
      resolveNames(input.key ?? "", names),
    );
    const wanted = resolveNames((input.content ?? {}) as JsonObject, names);
    const ask = (signal: AbortSignal) => client.request("GET", path, undefined, { signal });
    const matches = ({ status, body }: ClientAnswer) =>
      input.absent === true ? status === 404 : status === 200 && holds(body, wanted);
    const inTime = await waitingFor(context, input.within, async (signal) => {
      for (let answer = await ask(signal); ; answer = await ask(signal)) {
        if (matches(answer)) return answer;
        await client.syncNext(signal);
      }
    });
    const last = inTime ?? (await ask(context.signal));
    const found = shown(last.body ?? null);
    context.observe("state", { right: matches(last), exchange: last.exchangeId, found });
  },
  judge(view, input) {
    const what = `${input.type}${input.key === undefined ? "" : ` of ${input.key}`} in “${input.room}”`;
    const wanted = input.absent === true ? "to be absent" : `to hold ${shown((input.content ?? {}) as JsonObject)}`;
    const expected = `${what} ${wanted} for ${input.as} within ${milliseconds(input.within)} ms`;
    const seen = noted(view, "state");
    if (seen === undefined) return { holds: "unknown", expected, actual: "no answer was had" };
    const exchanges = [String(seen.data.exchange)];
    return {
      holds: seen.data.right === true,
      expected,
      actual: `the last answer was ${String(seen.data.found)}`,
      exchanges,
    };
  },
});
