import { Type } from "@sinclair/typebox";
import { stateKey } from "../matrix/state-map.js";
import type { StepContext } from "./context.js";
import { defineStep } from "./define.js";
import { resolveNames } from "./names.js";
import { namesOf } from "./names-of.js";
import { bindEvent } from "./rooms/messages.js";

const closed = { additionalProperties: false } as const;

export const nameEvent = defineStep({
  name: "name-event",
  summary: "An event of a room's state, as a peer knows it, gets a name; waits until the peer knows one",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the event to." }),
      room: Type.String(),
      peer: Type.String({ description: "The peer's seat." }),
      type: Type.String(),
      key: Type.Optional(Type.String({ description: "The state key; `${name}` stands for a user." })),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, type, room }) => `The ${type} of “${room}” is called “${id}”`,
  async run(context, input) {
    const roomId = context.roomId(input.room);
    const pair = stateKey(input.type, resolveNames(input.key ?? "", namesOf(context)));
    const { rooms } = context.peer(input.peer).homeserver.context;
    const look = () => rooms.get(roomId)?.currentState().get(pair);
    const eventId = look() ?? (await nextChange(context, input.peer, look));
    bindEvent(context, input.id, eventId, input.room);
  },
});

/** What `look` finds after some change of the peer's rooms; rejects at the scenario's deadline. */
async function nextChange(context: StepContext, peer: string, look: () => string | undefined): Promise<string> {
  const { rooms } = context.peer(peer).homeserver.context;
  context.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    context.signal.addEventListener("abort", () => reject(context.signal.reason), { once: true });
    rooms.onChange(() => {
      const found = look();
      if (found !== undefined) resolve(found);
    });
  });
}
