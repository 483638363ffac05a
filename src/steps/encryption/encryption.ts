import { Type } from "@sinclair/typebox";
import { CryptoDevice, type Decryption } from "../../client/crypto-device.js";
import { timelineIn } from "../../client/sync-batch.js";
import type { JsonObject } from "../../matrix/json.js";
import { withinTime } from "../../net/time-limit.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { bindEvent } from "../rooms/messages.js";
import { clientFor, deviceOf, keepDevice, logInFor } from "./crypto-devices.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast." });
const room = Type.String({ description: "The name that a room was bound to." });
const device = Type.Optional(
  Type.String({ description: "The name that open-device bound; the first device unless said.", "refers-to": "bound" }),
);
const ALGORITHM = "m.megolm.v1.aes-sha2";

export const startEncryption = defineStep({
  name: "start-encryption",
  summary: "A user's client makes Olm keys and uploads them, with one-time keys",
  input: Type.Object(
    { as, id: Type.Optional(Type.String({ description: "The name to bind the device's id to." })) },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who }) => `${who}'s device makes its keys and uploads them`,
  async run(context, input) {
    const client = await clientFor(context, input.as);
    keepDevice(context, input.as, await CryptoDevice.create(client, context.signal));
    if (input.id !== undefined) context.bind(input.id, { kind: "text", value: client.deviceId });
  },
});

export const openDevice = defineStep({
  name: "open-device",
  summary: "A user logs in on one more device, which makes Olm keys of its own and uploads them",
  input: Type.Object({ as, id: Type.String({ description: "The name to bind the new device's id to." }) }, closed),
  binds: ["id"],
  describe: ({ as: who, id }) => `${who} logs in on a new device, “${id}”, which makes its own keys`,
  async run(context, input) {
    const client = await logInFor(context, input.as);
    const opened = await CryptoDevice.create(client, context.signal);
    keepDevice(context, input.id, opened);
    context.bind(input.id, { kind: "text", value: client.deviceId });
  },
});

export const catchUp = defineStep({
  name: "catch-up",
  summary: "A user's client syncs, takes in what has come, and uploads what it finds missing, such as a reserve key",
  input: Type.Object({ as, device }, closed),
  describe: ({ as: who }) => `${who}'s client takes in what has come`,
  async run(context, input) {
    const own = deviceOf(context, input.as, input.device);
    await own.client.syncNext(context.signal);
    await own.catchUp(context.signal);
  },
});

export const closeDevice = defineStep({
  name: "close-device",
  summary: "A user logs out on a device that open-device opened, which deletes it",
  input: Type.Object({ as, device: Type.String({ description: "The name that open-device bound." }) }, closed),
  describe: ({ as: who, device: which }) => `${who} logs out on “${which}”`,
  async run(context, input) {
    const { client } = deviceOf(context, input.as, input.device);
    await client.expectObject("POST", "/_matrix/client/v3/logout", {}, { signal: context.signal });
  },
});

export const encryptRoom = defineStep({
  name: "encrypt-room",
  summary: "A user switches a room's encryption on",
  input: Type.Object({ as, room }, closed),
  describe: ({ as: who, room: which }) => `${who} switches encryption on in “${which}”`,
  async run(context, input) {
    const user = context.user(input.as);
    const roomId = context.roomId(input.room);
    const draft = { type: "m.room.encryption", stateKey: "", content: { algorithm: ALGORITHM } };
    if (user.kind === "peer") await user.peer.homeserver.context.rooms.send(roomId, { ...draft, sender: user.userId });
    else await user.client.sendState(roomId, draft.type, draft.stateKey, draft.content, context.signal);
  },
});

export const sendEncrypted = defineStep({
  name: "send-encrypted",
  summary: "A user shares the room's key with the others' devices and sends an encrypted message",
  input: Type.Object(
    {
      as,
      device,
      room,
      to: Type.Array(Type.String(), { minItems: 1, description: "The members of the cast who are to read it." }),
      id: Type.String({ description: "The name to bind the event to." }),
      body: Type.String(),
      "only-signed": Type.Optional(
        Type.Literal(true, { description: "The key goes to devices only that their owners have signed." }),
      ),
      "rotate-after": Type.Optional(
        Type.Integer({ minimum: 1, description: "A new room key after so many messages." }),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, to }) => `${who} encrypts a message for ${to.join(", ")}`,
  async run(context, input) {
    const sender = deviceOf(context, input.as, input.device);
    const roomId = context.roomId(input.room);
    await sender.catchUp(context.signal);
    const readers = [input.as, ...input.to].map((name) => context.user(name).userId);
    await sender.shareRoomKey(roomId, [...new Set(readers)], context.signal, {
      ...(input["only-signed"] === true ? { devices: "signed" } : {}),
      ...(input["rotate-after"] === undefined ? {} : { rotateAfter: input["rotate-after"] }),
    });
    const content = { msgtype: "m.text", body: input.body };
    bindEvent(
      context,
      input.id,
      await sender.sendEncrypted(roomId, "m.room.message", content, context.signal),
      input.room,
    );
  },
});

export const decrypt = defineStep({
  name: "decrypt",
  summary: "A user's client receives an encrypted message and decrypts it, when its key has come",
  input: Type.Object(
    {
      as,
      device,
      room,
      event: Type.String(),
      patience: Type.Optional(
        Type.String({
          pattern: "^[0-9]+s$",
          description:
            "How long to wait for a key that is missing: `5s` unless said. `0s` where something later proves that none comes.",
        }),
      ),
    },
    closed,
  ),
  describe: ({ as: who, event }) => `${who} decrypts “${event}”`,
  async run(context, input) {
    const reader = deviceOf(context, input.as, input.device);
    const roomId = context.roomId(input.room);
    const event = await received(reader, roomId, context.eventId(input.event), context.signal);
    const decryption = await decryptInTime(context, reader, roomId, event, Number.parseInt(input.patience ?? "5", 10));
    context.observe("decryption", observation(decryption));
  },
});

export const readEncrypted = defineStep({
  name: "read-encrypted",
  summary: "A user asks their server for an encrypted message of a room's history, and tries to decrypt it",
  input: Type.Object({ as, device, room, event: Type.String() }, closed),
  describe: ({ as: who, event }) => `${who} looks “${event}” up and tries to decrypt it`,
  async run(context, input) {
    const reader = deviceOf(context, input.as, input.device);
    const roomId = context.roomId(input.room);
    const event = await reader.client.getEvent(roomId, context.eventId(input.event), context.signal);
    context.observe("decryption", observation(await reader.decrypt(roomId, event)));
  },
});

async function received(
  reader: CryptoDevice,
  roomId: string,
  eventId: string,
  signal: AbortSignal,
): Promise<JsonObject> {
  const arrived = (batch: Parameters<typeof timelineIn>[0]) =>
    timelineIn(batch, roomId).find((event) => event.event_id === eventId);
  const batch = await reader.waitForSync((one) => arrived(one) !== undefined, signal);
  const event = arrived(batch);
  if (event === undefined) throw new Error("the batch that was waited for has lost its event");
  return event;
}

/** A key may come after what it opens: it is tried again with each sync. */
async function decryptInTime(
  context: StepContext,
  reader: CryptoDevice,
  roomId: string,
  event: JsonObject,
  seconds: number,
): Promise<Decryption> {
  return withinTime(seconds * 1000, context.signal, async (signal, alarm) => {
    for (let last = await reader.decrypt(roomId, event); ; last = await reader.decrypt(roomId, event)) {
      if (last.ok || signal.aborted) return last;
      try {
        await reader.client.syncNext(signal);
        await reader.catchUp(context.signal);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!alarm.aborted) throw error;
        return last;
      }
    }
  });
}

function observation(decryption: Decryption): JsonObject {
  if (decryption.ok) return { ok: true, plain: decryption.event, key: decryption.senderKey };
  const { reason, code, withheld } = decryption;
  return { ok: false, reason, code, ...(withheld === undefined ? {} : { withheld }) };
}
