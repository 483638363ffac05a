import { Type } from "@sinclair/typebox";
import { CryptoDevice } from "../client/crypto-device.js";
import { timelineIn } from "../client/sync-batch.js";
import type { StepContext } from "./context.js";
import { defineStep } from "./define.js";
import { instanceStore } from "./instance-store.js";
import { bindEvent } from "./messages.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });
const room = Type.String({ description: "The name that a room was bound to." });
const ALGORITHM = "m.megolm.v1.aes-sha2";

/** The encrypting devices of an instance, by member of the cast. */
const devices = instanceStore<CryptoDevice>();

function deviceOf(context: StepContext, who: string): CryptoDevice {
  const device = devices.get(context, who);
  if (device === undefined) throw new Error(`${who} has no encrypting device: start-encryption comes first`);
  return device;
}

export const startEncryption = defineStep({
  name: "start-encryption",
  summary: "A user's client makes Olm keys and uploads them, with one-time keys",
  input: Type.Object({ as }, closed),
  describe: ({ as: who }) => `${who}'s device makes its keys and uploads them`,
  async run(context, input) {
    const device = await CryptoDevice.create(context.client(input.as), context.signal);
    devices.set(context, input.as, device);
  },
});

export const encryptRoom = defineStep({
  name: "encrypt-room",
  summary: "A user switches a room's encryption on",
  input: Type.Object({ as, room }, closed),
  describe: ({ as: who, room: which }) => `${who} switches encryption on in “${which}”`,
  async run(context, input) {
    const content = { algorithm: ALGORITHM };
    await context
      .client(input.as)
      .sendState(context.roomId(input.room), "m.room.encryption", "", content, context.signal);
  },
});

export const sendEncrypted = defineStep({
  name: "send-encrypted",
  summary: "A user shares the room's key with the others' devices and sends an encrypted message",
  input: Type.Object(
    {
      as,
      room,
      to: Type.Array(Type.String(), { minItems: 1, description: "The members of the cast who are to read it." }),
      id: Type.String({ description: "The name to bind the event to." }),
      body: Type.String(),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, to }) => `${who} encrypts a message for ${to.join(", ")}`,
  async run(context, input) {
    const device = deviceOf(context, input.as);
    const roomId = context.roomId(input.room);
    await device.catchUp(context.signal);
    const readers = [input.as, ...input.to].map((name) => context.user(name).userId);
    await device.shareRoomKey(roomId, readers, context.signal);
    const content = { msgtype: "m.text", body: input.body };
    bindEvent(
      context,
      input.id,
      await device.sendEncrypted(roomId, "m.room.message", content, context.signal),
      input.room,
    );
  },
});

export const decrypt = defineStep({
  name: "decrypt",
  summary: "A user's client receives an encrypted message and decrypts it",
  input: Type.Object({ as, room, event: Type.String() }, closed),
  describe: ({ as: who, event }) => `${who} decrypts “${event}”`,
  async run(context, input) {
    const device = deviceOf(context, input.as);
    const roomId = context.roomId(input.room);
    const eventId = context.eventId(input.event);
    const arrived = (batch: Parameters<typeof timelineIn>[0]) =>
      timelineIn(batch, roomId).find((event) => event.event_id === eventId);
    const batch = await device.waitForSync((one) => arrived(one) !== undefined, context.signal);
    const event = arrived(batch);
    if (event === undefined) throw new Error("the batch that was waited for has lost its event");
    const decryption = await device.decrypt(roomId, event);
    context.observe(
      "decryption",
      decryption.ok ? { ok: true, plain: decryption.event } : { ok: false, reason: decryption.reason },
    );
  },
});
