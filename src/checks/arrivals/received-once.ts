import { Type } from "@sinclair/typebox";
import { isJsonObject } from "../../matrix/json.js";
import type { Arrival } from "../../peer/arrivals.js";
import { namesOf } from "../../steps/names-of.js";
import { waitingFor, within } from "../../steps/waiting.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";
import { arrivalMatches } from "./arrivals.js";

/** server-server-api#receipts */
export const receivesOnce = defineCheck({
  name: "receives-once",
  summary:
    "An EDU reaches a peer exactly once, repeated transactions not counted, proved by a later event that arrives",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat." }),
      edu: Type.String({ description: "An edu_type." }),
      "edu-content": Type.Object(
        {},
        { additionalProperties: true, description: "Members that the EDU's content must hold, nested." },
      ),
      until: Type.String({ description: "The name of the event with whose arrival the counting ends." }),
      within,
    },
    { additionalProperties: false },
  ),
  async observe(context, { peer, until, within: limit, ...wanted }) {
    const names = namesOf(context);
    const { arrivals } = context.peer(peer);
    const isLast = arrivalMatches({ event: until }, names);
    const last = await waitingFor(context, limit, (signal) => arrivals.waitFor(isLast, signal));
    const matches = arrivalMatches(wanted, names);
    const times = edusIn(arrivals.all).filter(matches).length;
    context.observe("times", { proved: last !== undefined, times });
  },
  judge(view, input) {
    const expected = `${input.peer} to receive an ${input.edu} EDU once, and not again before “${input.until}”`;
    const seen = noted(view, "times")?.data;
    if (seen === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    const actual = `it came in ${Number(seen.times)} EDUs`;
    if (Number(seen.times) > 1) return { holds: false, expected, actual };
    if (seen.proved !== true)
      return { holds: "unknown", expected, actual: `${actual}; “${input.until}” did not arrive` };
    return { holds: seen.times === 1, expected, actual };
  },
});

/** The EDUs of all transactions: those of one that its sender repeats under the same id, once. */
function edusIn(arrivals: readonly Arrival[]): readonly Arrival[] {
  const known = new Set<string>();
  return arrivals.flatMap((arrival): readonly Arrival[] => {
    if (arrival.kind !== "request" || arrival.endpoint !== "send") return [];
    const { origin, target, body } = arrival;
    const transaction = JSON.stringify([origin ?? null, target]);
    if (known.has(transaction)) return [];
    known.add(transaction);
    const edus = isJsonObject(body) && Array.isArray(body.edus) ? body.edus.filter(isJsonObject) : [];
    return edus.flatMap(({ edu_type: eduType, content }) =>
      typeof eduType === "string" && isJsonObject(content) ? [{ kind: "edu", origin, eduType, content }] : [],
    );
  });
}
