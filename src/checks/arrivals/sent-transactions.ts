import { createHash } from "node:crypto";
import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Arrival } from "../../peer/arrivals.js";
import type { StepContext } from "../../steps/context.js";
import { namesOf } from "../../steps/names-of.js";
import { waitingFor, within } from "../../steps/waiting.js";
import { defineCheck, type Finding } from "../define.js";
import { noted } from "../noted.js";
import type { JudgeView } from "../view.js";
import { arrivalMatches } from "./arrivals.js";

const MAX_PDUS = 50;
const MAX_EDUS = 100;

const Sent = Type.Object(
  {
    peer: Type.String({ description: "The seat of the peer that receives." }),
    from: Type.String({ description: "The seat of the server that sends.", "refers-to": "seat" }),
    until: Type.String({ description: "The name of the event with whose acceptance the watching ends." }),
    within,
  },
  { additionalProperties: false },
);

interface Watched {
  readonly peer: string;
  readonly from: string;
  readonly until: string;
  readonly within?: string;
}

/** A transaction as it came to the peer, and what it was answered with: 0 while there was no answer. */
interface SentTransaction {
  readonly id: string;
  readonly digest: string;
  readonly pdus: number;
  readonly edus: number;
  readonly status: number;
}

/** Notes every transaction that came to the peer up to the acceptance of the one that holds the event. */
async function observeTransactions(context: StepContext, input: Watched): Promise<void> {
  const { arrivals } = context.peer(input.peer);
  const origin = context.serverName(input.from);
  const isEvent = arrivalMatches({ event: input.until }, namesOf(context));
  const last = await waitingFor(context, input.within, (signal) =>
    arrivals.waitFor((arrival) => arrival.kind === "answer" && arrival.status === 200 && holdsEvent(arrival), signal),
  );
  function holdsEvent(arrival: Arrival & { readonly kind: "answer" }): boolean {
    return listIn(arrival.body, "pdus").some((pdu) => isJsonObject(pdu) && isEvent({ kind: "pdu", origin, pdu }));
  }
  const seen = last === undefined ? arrivals.all : arrivals.all.slice(0, arrivals.all.indexOf(last) + 1);
  const sent = transactionsIn(seen.filter((arrival) => arrival.origin === origin));
  context.observe("transactions", { complete: last !== undefined, sent: sent as unknown as JsonValue });
}

function transactionsIn(arrivals: readonly Arrival[]): readonly SentTransaction[] {
  const sent: SentTransaction[] = [];
  for (const arrival of arrivals) {
    if ((arrival.kind !== "request" && arrival.kind !== "answer") || arrival.endpoint !== "send") continue;
    const id = arrival.target.split("/").at(-1) ?? "";
    const open = sent.findIndex((one) => one.id === id && one.status === 0);
    if (arrival.kind === "request") sent.push({ id, ...described(arrival.body), status: 0 });
    else if (open >= 0) sent.splice(open, 1, { ...(sent[open] as SentTransaction), status: arrival.status });
  }
  return sent;
}

function described(body: JsonValue | undefined): Omit<SentTransaction, "id" | "status"> {
  return {
    digest: createHash("sha256")
      .update(JSON.stringify(body ?? null))
      .digest("hex"),
    pdus: listIn(body, "pdus").length,
    edus: listIn(body, "edus").length,
  };
}

function listIn(body: JsonValue | undefined, member: string): readonly JsonValue[] {
  const list = isJsonObject(body) ? body[member] : undefined;
  return Array.isArray(list) ? list : [];
}

/** Judges the transactions that were noted; those that watched in vain do not know. */
function judgeSent(
  view: JudgeView,
  expected: string,
  judge: (sent: readonly SentTransaction[]) => Pick<Finding, "holds" | "actual">,
): Finding {
  const seen = noted(view, "transactions")?.data;
  if (seen === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
  const finding = judge(seen.sent as unknown as readonly SentTransaction[]);
  if (finding.holds === true && seen.complete !== true) {
    return { holds: "unknown", expected, actual: "the event that ends the watching was not accepted in time" };
  }
  return { expected, ...finding } as Finding;
}

export const withinLimits = defineCheck({
  name: "transactions-within-limits",
  summary: "No transaction that a server sent holds more than 50 PDUs or 100 EDUs",
  input: Sent,
  observe: observeTransactions,
  judge(view, input) {
    const expected = `at most ${MAX_PDUS} PDUs and ${MAX_EDUS} EDUs in each transaction of ${input.from}`;
    return judgeSent(view, expected, (sent) => {
      const over = sent.find(({ pdus, edus }) => pdus > MAX_PDUS || edus > MAX_EDUS);
      const most = Math.max(0, ...sent.map(({ pdus }) => pdus));
      return over === undefined
        ? { holds: sent.length > 0, actual: `${sent.length} transactions, ${most} PDUs at the most` }
        : { holds: false, actual: `one with ${over.pdus} PDUs and ${over.edus} EDUs` };
    });
  },
});

export const repeatsRefused = defineCheck({
  name: "repeats-refused-transactions",
  summary: "What a server sends after a transaction was refused is that transaction again, unchanged",
  input: Sent,
  observe: observeTransactions,
  judge(view, input) {
    const expected = `${input.from} to repeat a refused transaction under the same id and with the same content`;
    return judgeSent(view, expected, (sent) => {
      const refused = sent.findIndex(({ status }) => status !== 0 && status !== 200);
      const [first, next] = [sent[refused], sent[refused + 1]];
      if (first === undefined) return { holds: "unknown", actual: "no transaction was refused" };
      if (next === undefined) return { holds: false, actual: `${first.id} was never sent again` };
      if (next.id !== first.id) return { holds: false, actual: `${first.id} was followed by ${next.id}` };
      const same = next.digest === first.digest;
      return { holds: same, actual: `${first.id} came again${same ? "" : " with other content"}` };
    });
  },
});

export const oneAtATime = defineCheck({
  name: "one-transaction-at-a-time",
  summary: "A server sends no transaction with another id before the one under way was accepted",
  input: Sent,
  observe: observeTransactions,
  judge(view, input) {
    const expected = `${input.from} to send a new transaction only after a 200 to the one before`;
    return judgeSent(view, expected, (sent) => {
      const early = sent.findIndex(({ id, status }, at) => {
        const next = sent[at + 1];
        return status !== 200 && next !== undefined && next.id !== id;
      });
      const [before, after] = [sent[early], sent[early + 1]];
      if (before === undefined) return { holds: sent.length > 0, actual: `${sent.length} transactions, one by one` };
      const answer = before.status === 0 ? "not answered yet" : `answered with ${before.status}`;
      return { holds: false, actual: `${after?.id} came while ${before.id} was ${answer}` };
    });
  },
});

export const arrivesInOrder = defineCheck({
  name: "arrive-in-order",
  summary: "Events arrive at a peer in the order in which they were written",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat." }),
      events: Type.Array(Type.String(), { minItems: 2, description: "Names of events, the oldest first." }),
      within,
    },
    { additionalProperties: false },
  ),
  async observe(context: StepContext, input) {
    const names = namesOf(context);
    const { arrivals } = context.peer(input.peer);
    const tests = input.events.map((event) => arrivalMatches({ event }, names));
    await waitingFor(context, input.within, (signal) =>
      Promise.all(tests.map((matches) => arrivals.waitFor(matches, signal))),
    );
    const places = tests.map((matches) => arrivals.all.findIndex(matches));
    const order = input.events
      .map((event, index) => ({ event, place: places[index] ?? -1 }))
      .filter(({ place }) => place >= 0)
      .sort((a, b) => a.place - b.place)
      .map(({ event }) => event);
    context.observe("order", { order } satisfies JsonObject);
  },
  judge(view, input) {
    const expected = `${input.events.join(", ")} in this order`;
    const order = noted(view, "order")?.data.order;
    if (!Array.isArray(order)) return { holds: "unknown", expected, actual: "nobody looked" };
    const actual = `${order.join(", ") || "none"} arrived`;
    return {
      holds: order.length === input.events.length && input.events.every((name, at) => order[at] === name),
      expected,
      actual,
    };
  },
});
