import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { defineStep } from "../define.js";
import { forgedEvent } from "../forging/forged-events.js";
import { Respelling, respelled } from "../forging/respelling.js";

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
      respell: Type.Optional(Respelling),
    },
    closed,
  ),
  describe: ({ peer, to, events }) => `${peer} answers ${to} with ${events.join(", ") || "nothing"}`,
  async run(context, input) {
    const pdus = input.events.map((name) => forgedEvent(context, name).pdu);
    const about = { origin: context.serverName(input.peer), origin_server_ts: context.now() };
    const body = SHAPES[input.to](pdus, about);
    const text = respelled(body as unknown as JsonObject, input.respell ?? []);
    context.peer(input.peer).behave("verbatim-answer", { endpoint: input.to, text });
  },
});

const LISTING = ["state", "state-ids", "send-join", "event-auth", "backfill", "get-missing-events"] as const;

export const slipIn = defineStep({
  name: "slip-in",
  summary:
    "A peer begins to add forged events to what it honestly answers, and gives them to whoever asks for them by id",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat." }),
      into: Type.Array(Type.Union(LISTING.map((endpoint) => Type.Literal(endpoint))), {
        minItems: 1,
        description: "The endpoints whose lists they are added to.",
        "refers-to": "nothing",
      }),
      events: names,
      instead: Type.Optional(
        Type.Array(Type.String(), { description: "Names of forged events that are left out.", "refers-to": "bound" }),
      ),
    },
    closed,
  ),
  describe: ({ peer, into, events }) => `${peer} adds ${events.join(", ")} to its answers to ${into.join(", ")}`,
  async run(context, { peer, into, events, instead = [] }) {
    const smuggled = (name: string) => {
      const { eventId, pdu } = forgedEvent(context, name);
      return { id: eventId, pdu };
    };
    context.peer(peer).behave("smuggling", {
      into,
      events: events.map(smuggled),
      instead: instead.map(smuggled),
    });
  },
});
