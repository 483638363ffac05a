import { Type } from "@sinclair/typebox";
import { ask, askFor, encode } from "../asking/client-calls.js";
import { defineStep } from "../define.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });

export const setDisplayname = defineStep({
  name: "set-displayname",
  summary: "A user sets their display name",
  input: Type.Object({ as, to: Type.String({ "refers-to": "nothing" }) }, closed),
  describe: ({ as: who, to }) => `${who} takes the display name “${to}”`,
  async run(context, input) {
    const path = `/profile/${encode(context.user(input.as).userId)}/displayname`;
    await askFor(context, input.as, "PUT", path, { displayname: input.to });
  },
});

export const readProfile = defineStep({
  name: "read-profile",
  summary: "A user looks another user's profile up on their own server",
  input: Type.Object({ as, of: Type.String({ description: "A member of the cast." }) }, closed),
  describe: ({ as: who, of }) => `${who} looks up the profile of ${of}`,
  async run(context, input) {
    await ask(context, input.as, "GET", `/profile/${encode(context.user(input.of).userId)}`);
  },
});

export const resolveAlias = defineStep({
  name: "resolve-alias",
  summary: "A user resolves a room's alias on their own server",
  input: Type.Object(
    {
      as,
      room: Type.Optional(Type.String({ description: "A room created with an alias." })),
      unknown: Type.Optional(Type.String({ description: "A seat whose server has no such alias." })),
    },
    closed,
  ),
  describe: ({ as: who, room, unknown }) =>
    `${who} resolves ${room === undefined ? `an alias that ${unknown} does not have` : `the alias of “${room}”`}`,
  async run(context, input) {
    const alias =
      input.room === undefined
        ? `#nothing-${context.instance.token}:${context.serverName(input.unknown ?? "")}`
        : String(context.bound(input.room, "room").alias);
    await ask(context, input.as, "GET", `/directory/room/${encode(alias)}`);
  },
});

export const joinByAlias = defineStep({
  name: "join-by-alias",
  summary: "A user joins a room by its alias",
  input: Type.Object({ as, room: Type.String({ description: "A room created with an alias." }) }, closed),
  describe: ({ as: who, room }) => `${who} joins “${room}” by its alias`,
  async run(context, input) {
    const alias = String(context.bound(input.room, "room").alias);
    await askFor(context, input.as, "POST", `/join/${encode(alias)}`, {});
  },
});
