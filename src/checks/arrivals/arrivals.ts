import { type Static, Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { contains } from "../../matrix/json-contains.js";
import type { Arrival } from "../../peer/arrivals.js";
import type { StepContext } from "../../steps/context.js";
import { type Names, resolveNames } from "../../steps/names.js";
import { namesOf } from "../../steps/names-of.js";
import { milliseconds, waitingFor, within } from "../../steps/waiting.js";
import { defineCheck } from "../define.js";
import { eventIdOfName, idOfPdu, roomOf } from "../state/room-events.js";

export { contains as holds };

const closed = { additionalProperties: false } as const;

const What = {
  event: Type.Optional(Type.String({ description: "The name of an event." })),
  edu: Type.Optional(Type.String({ description: "An edu_type." })),
  "edu-content": Type.Optional(
    Type.Object({}, { additionalProperties: true, description: "Members that the EDU's content must hold, nested." }),
  ),
  request: Type.Optional(Type.String({ description: "An endpoint's id, such as `make-join`." })),
  pdu: Type.Optional(
    Type.Object({}, { additionalProperties: true, description: "Members that a PDU must hold, nested." }),
  ),
};

const Wanted = Type.Object(What);
type Wanted = Static<typeof Wanted>;

/**
 * Does a peer's arrival answer the description? Room versions are asked of the names, to compute event ids. Throws, which is
 * the tester's error, when an event's name is not bound.
 */
export function arrivalMatches(wanted: Wanted, names: Names): (arrival: Arrival) => boolean {
  const content = resolveNames((wanted["edu-content"] ?? {}) as JsonObject, names);
  const members = resolveNames((wanted.pdu ?? {}) as JsonObject, names);
  const isEvent = wanted.event === undefined ? undefined : eventMatches(wanted.event, names);
  return (arrival) => {
    if (wanted.request !== undefined) return arrival.kind === "request" && arrival.endpoint === wanted.request;
    if (wanted.edu !== undefined) {
      return arrival.kind === "edu" && arrival.eduType === wanted.edu && contains(arrival.content, content);
    }
    if (arrival.kind !== "pdu") return false;
    return isEvent === undefined ? contains(arrival.pdu, members) : isEvent(arrival.pdu);
  };
}

function eventMatches(name: string, names: Names): (pdu: JsonObject) => boolean {
  const wanted = eventIdOfName(names, name);
  const { rules } = roomOf(names, String(names.binding(name)?.room));
  return (pdu) => idOfPdu(pdu, rules) === wanted;
}

function wording(wanted: Wanted): string {
  if (wanted.event !== undefined) return `the event “${wanted.event}”`;
  if (wanted.edu !== undefined) return `an ${wanted.edu} EDU`;
  if (wanted.request !== undefined) return `a ${wanted.request} request`;
  return `a PDU with ${JSON.stringify(wanted.pdu ?? {})}`;
}

export const receives = defineCheck({
  name: "receives",
  summary: "Something arrives at a peer in time: an event, an EDU, a request",
  input: Type.Object({ peer: Type.String({ description: "The peer's seat." }), ...What, within }, closed),
  async observe(context: StepContext, input) {
    const matches = arrivalMatches(input, namesOf(context));
    const arrival = await waitingFor(context, input.within, (signal) =>
      context.peer(input.peer).arrivals.waitFor(matches, signal),
    );
    context.observe("arrival", { arrived: arrival !== undefined });
  },
  judge(view, input) {
    const expected = `${input.peer} to receive ${wording(input)} within ${milliseconds(input.within)} ms`;
    const seen = view.here.find(({ what, data }) => what === "arrival" && data.expectation === view.expectation);
    if (seen === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    const arrived = seen.data.arrived === true;
    return { holds: arrived, expected, actual: arrived ? "it arrived" : "it did not arrive in time" };
  },
});

export const neverReceives = defineCheck({
  name: "never-receives",
  summary: "Something does not arrive at a peer, proved by a later event that does",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat." }),
      ...What,
      until: Type.String({ description: "The name of the event whose arrival proves that the rest would have come." }),
      within,
    },
    closed,
  ),
  async observe(context: StepContext, input) {
    const names = namesOf(context);
    const { arrivals } = context.peer(input.peer);
    const sentinel = arrivalMatches({ event: input.until }, names);
    const proof = await waitingFor(context, input.within, (signal) => arrivals.waitFor(sentinel, signal));
    const unwanted = arrivals.all.some(arrivalMatches(input, names));
    context.observe("absence", { proved: proof !== undefined, arrived: unwanted });
  },
  judge(view, input) {
    const expected = `${input.peer} not to receive ${wording(input)} before “${input.until}”`;
    const seen = view.here.find(({ what, data }) => what === "absence" && data.expectation === view.expectation);
    if (seen === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    if (seen.data.arrived === true) return { holds: false, expected, actual: "it arrived" };
    if (seen.data.proved !== true)
      return { holds: "unknown", expected, actual: `“${input.until}” did not arrive either` };
    return { holds: true, expected, actual: `“${input.until}” arrived, and it had not` };
  },
});
