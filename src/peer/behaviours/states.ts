import { Type } from "@sinclair/typebox";
import { isJsonObject, type JsonValue } from "../../matrix/json.js";
import { withMember } from "./answers.js";
import { defineBehaviour, withChangedBody } from "./define.js";

/** Lists of events in the answers that tell a room's state. */
const LISTS = ["state", "auth_chain", "pdus", "auth_events", "knock_room_state"];

export const alteredState = defineBehaviour({
  name: "altered-state",
  summary: "Gives the honest answer with a member of one type of state events changed, their signatures kept",
  input: Type.Object(
    {
      endpoint: Type.String({ description: "An endpoint's id (`send-join`)." }),
      type: Type.String({ description: "The type of the state events." }),
      at: Type.String({ pattern: "^/", description: "JSON Pointer of the member within the event." }),
      set: Type.Optional(Type.Unknown({ description: "The new value; the member is removed when absent." })),
    },
    { additionalProperties: false },
  ),
  appliesTo: (call, input) => call.endpoint === input.endpoint,
  async respond(_peer, _call, input, honest) {
    const altered = (event: JsonValue) =>
      isJsonObject(event) && event.type === input.type ? withMember(event, input.at, input.set) : event;
    return withChangedBody(await honest(), (body) => {
      const lists = LISTS.flatMap((list): [string, JsonValue][] => {
        const events = body[list];
        return Array.isArray(events) ? [[list, events.map((event: JsonValue) => altered(event))]] : [];
      });
      return { ...body, ...Object.fromEntries(lists) };
    });
  },
});
