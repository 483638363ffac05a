import { Type } from "@sinclair/typebox";
import { completeEvent } from "../../matrix/events/sign.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { type RoomVersionRules, roomVersionRules } from "../../matrix/room-versions.js";
import { withMember } from "./answers.js";
import type { Misbehaving } from "./define.js";
import { defineBehaviour, withChangedBody } from "./define.js";

/** Lists of events in the answers that tell a room's state. */
const LISTS = ["state", "auth_chain", "pdus", "auth_events", "knock_room_state"];

export const alteredState = defineBehaviour({
  name: "altered-state",
  summary:
    "Gives the honest answer with a member of one type of state events changed, their signatures kept unless told otherwise",
  input: Type.Object(
    {
      endpoint: Type.String({ description: "An endpoint's id (`send-join`)." }),
      type: Type.String({ description: "The type of the state events." }),
      at: Type.String({ pattern: "^/", description: "JSON Pointer of the member within the event." }),
      set: Type.Optional(Type.Unknown({ description: "The new value; the member is removed when absent." })),
      "signed-anew": Type.Optional(
        Type.String({
          description: "The peer hashes and signs the changed events again, by the rules of this room version.",
        }),
      ),
    },
    { additionalProperties: false },
  ),
  appliesTo: (call, input) => call.endpoint === input.endpoint,
  async respond(peer, _call, input, honest) {
    const version = input["signed-anew"];
    const altered = (event: JsonValue) => {
      if (!isJsonObject(event) || event.type !== input.type) return event;
      const changed = withMember(event, input.at, input.set);
      return version === undefined ? changed : signedAnew(peer, changed, roomVersionRules(version));
    };
    return withChangedBody(await honest(), (body) => {
      const lists = LISTS.flatMap((list): [string, JsonValue][] => {
        const events = body[list];
        return Array.isArray(events) ? [[list, events.map((event: JsonValue) => altered(event))]] : [];
      });
      return { ...body, ...Object.fromEntries(lists) };
    });
  },
});

function signedAnew({ serverName, signingKey }: Misbehaving, event: JsonObject, rules: RoomVersionRules): JsonObject {
  const bare = { ...event, hashes: {}, signatures: {} } as unknown as Pdu;
  return completeEvent(bare, rules, serverName, signingKey) as unknown as JsonObject;
}
