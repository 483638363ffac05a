import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../matrix/json.js";
import { defineStep } from "./define.js";
import { forgedEvent } from "./forged-events.js";

const closed = { additionalProperties: false } as const;
const names = Type.Array(Type.String(), { description: "Names of forged events." });

/** How each endpoint's answer holds its events. */
const SHAPES = {
  "get-missing-events": (pdus: readonly JsonObject[]) => ({ events: pdus }),
  backfill: (pdus: readonly JsonObject[], about: About) => ({ ...about, pdus }),
  event: (pdus: readonly JsonObject[], about: About) => ({ ...about, pdus }),
  "event-auth": (pdus: readonly JsonObject[]) => ({ auth_chain: pdus }),
} as const;

interface About {
  readonly origin: string;
  readonly origin_server_ts: number;
}

export const answerWith = defineStep({
  name: "answer-with",
  summary: "A peer begins to answer requests for events with forged ones, in the order given, whatever it is asked for",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat." }),
      to: Type.Union(
        [
          Type.Literal("get-missing-events"),
          Type.Literal("backfill"),
          Type.Literal("event"),
          Type.Literal("event-auth"),
        ],
        { description: "The endpoint.", "refers-to": "nothing" },
      ),
      events: names,
    },
    closed,
  ),
  describe: ({ peer, to, events }) => `${peer} answers ${to} with ${events.join(", ") || "nothing"}`,
  async run(context, input) {
    const pdus = input.events.map((name) => forgedEvent(context, name).pdu);
    const about = { origin: context.serverName(input.peer), origin_server_ts: context.now() };
    const body = SHAPES[input.to](pdus, about);
    context.peer(input.peer).behave("canned-answer", { endpoint: input.to, status: 200, body });
  },
});
