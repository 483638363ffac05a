import { Type } from "@sinclair/typebox";
import { verifyByEmoji as compareEmoji, VerificationStopped } from "../../client/emoji-verification.js";
import { confirmUser, makeIdentity as newIdentity } from "../../client/identity.js";
import { defineStep } from "../define.js";
import { deviceOf, passwordOf } from "./crypto-devices.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast with an encrypting device." });
const device = Type.Optional(
  Type.String({ description: "The name that open-device bound; the first device unless said.", "refers-to": "bound" }),
);

export const makeIdentity = defineStep({
  name: "make-identity",
  summary:
    "A user's client makes cross-signing keys, the first of the account or new ones in place of the old, with the password where it is asked for",
  input: Type.Object(
    { as, device, id: Type.Optional(Type.String({ description: "The name to bind the public master key to." })) },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who }) => `${who} makes cross-signing keys and signs the device with them`,
  async run(context, input) {
    const password = await passwordOf(context, input.as);
    const own = deviceOf(context, input.as, input.device);
    const master = await newIdentity(own, password, context.signal);
    if (input.id !== undefined) context.bind(input.id, { kind: "text", value: master });
  },
});

export const verifyByEmoji = defineStep({
  name: "verify-by-emoji",
  summary: "Two users compare the emoji that their devices show, and confirm each other",
  input: Type.Object(
    {
      as,
      device,
      with: Type.String({ description: "The other member of the cast.", "refers-to": "cast" }),
      "with-device": device,
      room: Type.Optional(
        Type.String({ description: "The room in which they do it; by messages to devices unless said." }),
      ),
    },
    closed,
  ),
  describe: ({ as: who, with: other, room }) =>
    `${who} and ${other} compare emoji ${room === undefined ? "by messages between their devices" : `in “${room}”`} and confirm each other`,
  async run(context, input) {
    const first = deviceOf(context, input.as, input.device);
    const second = deviceOf(context, input.with, input["with-device"]);
    const roomId = input.room === undefined ? undefined : context.roomId(input.room);
    const shown = await compareEmoji(first, second, roomId, context.signal).catch((error: unknown) =>
      error instanceof VerificationStopped ? context.fail(undefined, error.message) : Promise.reject(error),
    );
    context.observe("emoji", { first: shown.first.join(" "), second: shown.second.join(" ") });
  },
});

export const confirmIdentity = defineStep({
  name: "confirm-identity",
  summary: "A user's client signs another user's master key: the two have compared it elsewhere",
  input: Type.Object({ as, device, of: Type.String({ description: "A member of the cast." }) }, closed),
  describe: ({ as: who, of: whom }) => `${who} confirms the identity of ${whom}`,
  async run(context, input) {
    const own = deviceOf(context, input.as, input.device);
    await confirmUser(own, context.user(input.of).userId, context.signal);
  },
});
