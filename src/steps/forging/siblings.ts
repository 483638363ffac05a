import { Type } from "@sinclair/typebox";
import { defineStep } from "../define.js";
import { levelPeers } from "../shared-graph.js";
import { forgeNode } from "./forged-node.js";

export const forgeSiblings = defineStep({
  name: "forge-siblings",
  summary: "A peer's user writes so many messages that all follow the same events, unsent: branches of a room",
  input: Type.Object(
    {
      by: Type.String({ description: "A member of the cast at a peer.", "refers-to": "cast" }),
      room: Type.String(),
      prev: Type.Array(Type.String(), { minItems: 1, description: "Names of the events before each of them." }),
      count: Type.Integer({ minimum: 1, maximum: 100 }),
      prefix: Type.String({ description: "Bound as prefix-1, prefix-2, …" }),
    },
    { additionalProperties: false },
  ),
  binds: ["prefix"],
  describe: ({ by, count, prev }) => `${by} writes ${count} messages, each right after ${prev.join(" and ")}`,
  async run(context, { by, room, prev, count, prefix }) {
    const roomId = context.roomId(room);
    levelPeers(context, roomId);
    for (let number = 1; number <= count; number += 1) {
      forgeNode(context, { roomId, room, name: `${prefix}-${number}` }, { by, prev });
    }
  },
});
