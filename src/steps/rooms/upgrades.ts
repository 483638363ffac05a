import { Type } from "@sinclair/typebox";
import { askFor, encode, textMember } from "../asking/client-calls.js";
import { defineStep } from "../define.js";

export const upgradeRoom = defineStep({
  name: "upgrade-room",
  summary: "A user has a room replaced by one of another version, or of the same",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast at a target." }),
      room: Type.String({ description: "The name that the room was bound to." }),
      id: Type.String({ description: "The name to bind the new room to." }),
      version: Type.Optional(Type.String({ description: "The new room's; the instance's own when left out." })),
      creators: Type.Optional(
        Type.Array(Type.String({ "refers-to": "cast" }), {
          description: "Members of the cast who are to be creators of the new room beside the user.",
          minItems: 1,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  binds: ["id"],
  describe: ({ as, room, id }) => `${as} has the room “${room}” replaced by a new one, “${id}”`,
  async run(context, input) {
    const version = input.version ?? context.instance.roomVersion;
    const { creators = [] } = input;
    const named = creators.map((name) => context.user(name).userId);
    const body = await askFor(context, input.as, "POST", `/rooms/${encode(context.roomId(input.room))}/upgrade`, {
      new_version: version ?? "",
      ...(named.length === 0 ? {} : { additional_creators: named }),
    });
    const roomId = textMember(context, input.as, body, "replacement_room");
    context.bind(input.id, { kind: "room", roomId, version: version ?? "" });
  },
});
