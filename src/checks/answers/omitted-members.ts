import { type TProperties, Type } from "@sinclair/typebox";
import { isJsonObject, type JsonObject, objectsIn } from "../../matrix/json.js";
import { defineCheck, type Finding } from "../define.js";
import type { JudgeView, SeenExchange } from "../view.js";
import { answerOf, withResponse } from "./responses.js";

const inputOf = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false });
const members = Type.Array(Type.String({ "refers-to": "cast" }), {
  description: "Members of the cast who had joined before.",
  minItems: 1,
});

export const saysWhoIsOmitted = defineCheck({
  name: "says-members-omitted",
  summary: "The answer to a join has the membership of each of some members, or says that members are left out",
  input: inputOf({ members }),
  judge(view, input) {
    const expected = `the memberships of ${input.members.join(", ")}, or the word that members are left out`;
    return ofJoin(view, expected, (answer) => {
      const missing = missingOf(view, answer, input.members);
      if (missing.length === 0) return [true, "it leaves nobody out"];
      const said = answer.members_omitted === true;
      return [
        said,
        `${missing.join(", ")} left out, members_omitted is ${JSON.stringify(answer.members_omitted ?? null)}`,
      ];
    });
  },
});

export const namesServersInRoom = defineCheck({
  name: "names-servers-in-room",
  summary: "The answer to a join that leaves members out names the servers that were in the room",
  input: inputOf({
    servers: Type.Array(Type.String({ "refers-to": "seat" }), { description: "Seats.", minItems: 1 }),
  }),
  judge(view, input) {
    const expected = `${input.servers.join(", ")} to be named as servers in the room, where members are left out`;
    return ofJoin(view, expected, (answer) => {
      if (answer.members_omitted !== true) return [true, "it does not say that it leaves members out"];
      const { servers_in_room: named } = answer;
      if (!Array.isArray(named))
        return [false, `servers_in_room is ${named === undefined ? "not there" : JSON.stringify(named)}`];
      const lacking = input.servers.filter((seat) => !named.includes(view.serverName(seat)));
      return [lacking.length === 0, lacking.length === 0 ? "all are named" : `${lacking.join(", ")} not named`];
    });
  },
});

export const keepsHeroes = defineCheck({
  name: "keeps-heroes",
  summary: "The answer to a join of a nameless room has the memberships after which the room can be called",
  input: inputOf({ members }),
  judge(view, input) {
    const expected = `the memberships of ${input.members.join(", ")}, after whom the room is called`;
    return ofJoin(view, expected, (answer) => {
      const missing = missingOf(view, answer, input.members);
      return [missing.length === 0, missing.length === 0 ? "all are there" : `${missing.join(", ")} left out`];
    });
  },
});

type Outcome = readonly [holds: boolean, actual: string];

function ofJoin(view: JudgeView, expected: string, judge: (answer: JsonObject) => Outcome): Finding {
  return withResponse(view, expected, (exchange: SeenExchange) => {
    const exchanges = [exchange.id];
    const body = exchange.responseJson();
    if (exchange.response?.status !== 200 || !isJsonObject(body))
      return { holds: "unknown", expected, actual: answerOf(exchange), exchanges };
    const [holds, actual] = judge(body);
    return { holds, expected, actual, exchanges };
  });
}

function missingOf(view: JudgeView, answer: JsonObject, names: readonly string[]): readonly string[] {
  const told = objectsIn(answer.state).filter(({ type }) => type === "m.room.member");
  return names.filter((name) => !told.some(({ state_key: user }) => user === view.instance.cast[name]?.userId));
}
