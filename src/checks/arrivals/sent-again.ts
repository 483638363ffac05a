import { Type } from "@sinclair/typebox";
import { matchEndpoint } from "../../schema/endpoints.js";
import { milliseconds, waitingFor, within } from "../../steps/waiting.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";
import type { SeenExchange } from "../view.js";

/** server-server-api#transactions: a transaction that was not acknowledged is repeated as it was, before any other. */
export const sentAgain = defineCheck({
  name: "sent-again",
  summary: "After a transaction whose acknowledgement did not come, its sender sends that same one next, unchanged",
  input: Type.Object(
    {
      rule: Type.String({ description: "The name of what kept the acknowledgement back.", "refers-to": "bound" }),
      within,
    },
    { additionalProperties: false },
  ),
  async observe(context, input) {
    const rule = String(context.bound(input.rule, "alteration").value);
    const [first] = await context.lab.altered(rule, 1, context.signal);
    const next = await waitingFor(context, input.within, async (signal) => {
      const original = await context.exchangeThat(({ id }) => id === first, signal);
      return context.exchangeThat((exchange) => follows(exchange, original), signal);
    });
    context.observe("again", { first: first ?? "", ...(next === undefined ? {} : { next: next.id }) });
  },
  judge(view, input) {
    const expected = `the same transaction once more, within ${milliseconds(input.within)} ms`;
    const seen = noted(view, "again")?.data;
    const original = view.exchange(String(seen?.first));
    if (original === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    const next = view.exchange(String(seen?.next));
    if (next === undefined) return { holds: false, expected, actual: "none came", exchanges: [original.id] };
    const exchanges = [original.id, next.id];
    if (next.request.target !== original.request.target)
      return { holds: false, expected, actual: "one with another id", exchanges };
    const same = next.request.body === original.request.body;
    return { holds: same, expected, actual: same ? "it came" : "it came with other content", exchanges };
  },
});

/** Whether an exchange is a transaction of the same sender to the same receiver, after the original. */
function follows({ seq, from, to, request }: SeenExchange, original: SeenExchange): boolean {
  const isTransaction = matchEndpoint(request.method, request.target)?.endpoint.id === "send";
  return isTransaction && seq > original.seq && from === original.from && to === original.to;
}
