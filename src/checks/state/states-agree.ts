import { Type } from "@sinclair/typebox";
import type { EventId } from "../../matrix/pdu.js";
import { answerOf } from "../answers/responses.js";
import { defineCheck } from "../define.js";
import { compared, stateIdsOf } from "./resolved-state.js";
import { roomOf } from "./room-events.js";

export const statesAgree = defineCheck({
  name: "states-agree",
  summary:
    "One of several servers asked for the same state gives what the specification's algorithm gives, as all must",
  input: Type.Object(
    {
      room: Type.String(),
      at: Type.String({ description: "The name of the event before which the state was asked." }),
      seat: Type.String({ description: "The seat whose answer is judged." }),
    },
    { additionalProperties: false },
  ),
  judge(view, { room, at, seat }) {
    const expected = `${seat} to give the state before “${at}” as the specification's algorithm resolves it, as all servers must`;
    const facts = roomOf(view, room);
    const told = view.here.flatMap(({ what, data }) => {
      const exchange = what === "state-told" ? view.exchange(String(data.exchange)) : undefined;
      return exchange === undefined ? [] : [{ seat: String(data.seat), exchange }];
    });
    const exchanges = told.map(({ exchange }) => exchange.id);
    const own = told.find((one) => one.seat === seat)?.exchange;
    if (own === undefined) return { holds: "unknown", expected, actual: `${seat} was not asked`, exchanges };
    const given = stateIdsOf(own, facts);
    if (given === undefined) return { holds: false, expected, actual: answerOf(own), exchanges };
    const { holds, actual } = compared(view, facts, at, given);
    const others = told
      .filter((one) => one.seat !== seat)
      .map((one) => ({ ...one, state: stateIdsOf(one.exchange, facts) }));
    const words = others.map((other) => `${other.seat} gave ${isSame(given, other.state) ? "the same" : "another"}`);
    return { holds, expected, actual: [actual, ...words].join("; "), exchanges };
  },
});

function isSame(one: ReadonlySet<EventId>, other: ReadonlySet<EventId> | undefined): boolean {
  return one.size === other?.size && [...one].every((id) => other.has(id));
}
