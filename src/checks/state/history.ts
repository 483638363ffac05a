import { Type } from "@sinclair/typebox";
import { defineCheck } from "../define.js";
import { eventIdOfName } from "./room-events.js";

const closed = { additionalProperties: false } as const;

export const historyHolds = defineCheck({
  name: "history-holds",
  summary: "The history that the step read holds named events, each once, the newest first",
  input: Type.Object(
    {
      events: Type.Array(Type.String(), { minItems: 1, description: "Names of events, the newest first." }),
      without: Type.Optional(Type.Array(Type.String(), { description: "Names of events that must not be there." })),
    },
    closed,
  ),
  judge(view, input) {
    const expected = `${input.events.join(", ")} in this order, each once${input.without === undefined ? "" : `, without ${input.without.join(", ")}`}`;
    const seen = view.here.findLast(({ what }) => what === "history");
    if (seen === undefined) return { holds: "unknown", expected, actual: "the step read no history" };
    const history = (seen.data.events as readonly string[]) ?? [];
    const idOf = (name: string) => eventIdOfName(view, name);
    const places = input.events.map((name) => history.indexOf(idOf(name)));
    const missing = input.events.filter((_name, index) => places[index] === -1);
    const twice = input.events.filter((name) => history.filter((id) => id === idOf(name)).length > 1);
    const unwanted = (input.without ?? []).filter((name) => history.includes(idOf(name)));
    const disordered = places.some((place, index) => index > 0 && place < (places[index - 1] ?? 0));
    const problems = [
      missing.length === 0 ? "" : `missing: ${missing.join(", ")}`,
      twice.length === 0 ? "" : `more than once: ${twice.join(", ")}`,
      unwanted.length === 0 ? "" : `unwanted: ${unwanted.join(", ")}`,
      missing.length === 0 && disordered ? "in another order" : "",
    ].filter((problem) => problem !== "");
    const exchanges = view.exchanges
      .filter(({ request }) => request.target.includes("/messages?"))
      .slice(-1)
      .map(({ id }) => id);
    return { holds: problems.length === 0, expected, actual: problems.join("; ") || "as expected", exchanges };
  },
});
