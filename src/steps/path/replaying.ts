import { Type } from "@sinclair/typebox";
import { concerns } from "../../lab/altering/messages.js";
import { defineStep } from "../define.js";
import { Passing, requestsMeant } from "./passing.js";

export const replay = defineStep({
  name: "replay",
  summary: "A request that one server sent to another is sent once more, byte for byte, by somebody in between",
  input: Type.Object(
    {
      ...Passing.past,
      at: Type.Optional(
        Type.String({
          description: "The seat of the server that gets it; the one that it was for unless said.",
          "refers-to": "seat",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  describe: ({ from, to, endpoint, at }) =>
    `somebody repeats ${from}'s ${String(endpoint)} to ${to}${at === undefined ? "" : `, but at ${at}`}`,
  async run(context, input) {
    const [from, to] = [context.serverName(input.from), context.serverName(input.to)];
    const meant = requestsMeant(context, input);
    const original = await context.exchangeThat((exchange) => {
      if (exchange.kind !== "federation" || exchange.from !== from || exchange.to !== to) return false;
      const { method, target } = exchange.request;
      return concerns(meant, { method, target, body: exchange.requestBytes() });
    }, context.signal);
    const { method, target, headers } = original.request;
    const request = { method, target, headers, body: original.requestBytes() };
    const at = context.serverName(input.at ?? input.to);
    const exchange = await context.lab.replay({ from, to: at, request }, context.signal);
    context.observe("response", { exchange });
  },
});
