import { Type } from "@sinclair/typebox";
import type { Room } from "../../homeserver/parts.js";
import { authEventIds } from "../../matrix/events/references.js";
import type { JsonValue } from "../../matrix/json.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import { type StateMap, stateKey } from "../../matrix/state-map.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";

export const tellState = defineStep({
  name: "tell-state",
  summary: "A peer begins to tell an outdated state of a room to whoever asks for the state before some event",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat." }),
      room: Type.String(),
      at: Type.String({
        description: "An event that only this peer has. What it tells is the state before it, and after it.",
        "refers-to": "bound",
      }),
      after: Type.String({ description: "The state is that after this event, as it truly is,", "refers-to": "bound" }),
      with: Type.Array(Type.String(), {
        description: "but with these events, whatever holds their places by now.",
        "refers-to": "bound",
      }),
    },
    { additionalProperties: false },
  ),
  describe: ({ peer, room, with: outdated }) => `${peer} tells a state of “${room}” that holds ${outdated.join(", ")}`,
  async run(context, input) {
    const roomId = context.roomId(input.room);
    const room = context.peer(input.peer).homeserver.context.rooms.get(roomId);
    const honest = room?.stateAfter(context.eventId(input.after));
    if (room === undefined || honest === undefined) throw new Error(`${input.peer} does not know ${input.after}`);
    const ids = [...outdated(context, room, honest, input.with).values()];
    const chain = authChainIds(room, ids);
    const wire = (wanted: readonly EventId[]) => wanted.map((id) => eventOf(room, id) as unknown as JsonValue);
    const answer = (endpoint: string, body: { readonly [list: string]: JsonValue }) =>
      context.peer(input.peer).behave("canned-answer", { endpoint, status: 200, body });
    answer("state-ids", { pdu_ids: ids, auth_chain_ids: chain });
    answer("state", { pdus: wire(ids), auth_chain: wire(chain) });
    context.observe("told-state", { room: roomId, at: context.eventId(input.at), state: ids });
  },
});

function outdated(context: StepContext, room: Room, honest: StateMap, names: readonly string[]): StateMap {
  const state = new Map(honest);
  for (const name of names) {
    const eventId = context.eventId(name);
    const { type, state_key: key } = eventOf(room, eventId);
    if (key === undefined) throw new Error(`${name} is no state event`);
    state.set(stateKey(type, key), eventId);
  }
  return state;
}

function authChainIds(room: Room, ids: readonly EventId[]): readonly EventId[] {
  const chain = new Set(ids.flatMap((id) => authEventIds(eventOf(room, id))));
  for (const id of chain) for (const next of authEventIds(eventOf(room, id))) chain.add(next);
  return [...chain];
}

function eventOf(room: Room, id: EventId): Pdu {
  const record = room.record(id);
  if (record === undefined) throw new Error(`the peer does not know ${id}`);
  return record.event;
}
