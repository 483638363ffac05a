import { Type } from "@sinclair/typebox";
import { defineStep } from "../define.js";
import { peerRequest } from "../peers/peer-requests.js";

export const askStates = defineStep({
  name: "ask-states",
  summary: "A peer asks several servers for the state of a room before one and the same event",
  input: Type.Object(
    {
      by: Type.String({ description: "The peer's seat.", "refers-to": "seat" }),
      room: Type.String(),
      at: Type.String({ description: "The event.", "refers-to": "bound" }),
      of: Type.Array(Type.String(), { minItems: 2, description: "The seats that are asked.", "refers-to": "seat" }),
    },
    { additionalProperties: false },
  ),
  describe: ({ by, of: seats, at }) => `${by} asks ${seats.join(" and ")} how the room stood before “${at}”`,
  async run(context, { by, room, at, of: seats }) {
    const [roomId, eventId] = [context.roomId(room), context.eventId(at)].map(encodeURIComponent);
    for (const seat of seats) {
      const uri = `/_matrix/federation/v1/state_ids/${roomId}?event_id=${eventId}`;
      await peerRequest(context, by, seat, { method: "GET", uri });
      const told = context.serverName(seat);
      const exchange = context.exchanges().findLast(({ to, request }) => to === told && request.target === uri);
      if (exchange !== undefined) context.observe("state-told", { seat, exchange: exchange.id });
    }
  },
});
