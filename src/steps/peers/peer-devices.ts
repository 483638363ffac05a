import { Type } from "@sinclair/typebox";
import {
  type CrossSigningKeys,
  crossSigningKeys,
  masterKeyObject,
  signedKeyObject,
} from "../../client/cross-signing-keys.js";
import { deviceKeysBody, plainDeviceKeys } from "../../client/device-keys.js";
import type { JsonObject } from "../../matrix/json.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { sendTransaction } from "../forging/forge.js";
import { instanceStore } from "../instance-store.js";
import { peerUser } from "./handshakes.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a peer." });
const to = Type.String({ description: "The seat of the receiving server." });
const by = Type.Optional(Type.String({ description: "The peer that sends it; the user's own unless said." }));

const deviceKeys = instanceStore<JsonObject>();

/** The same keys whenever the device is spoken of. */
function keysOf(context: StepContext, userId: string, deviceId: string): JsonObject {
  const name = `${userId} ${deviceId}`;
  const known = deviceKeys.get(context, name);
  if (known !== undefined) return known;
  const fresh = deviceKeysBody(plainDeviceKeys(userId, deviceId, context.random), context.random);
  deviceKeys.set(context, name, fresh);
  return fresh;
}

const crossSigningOf = instanceStore<CrossSigningKeys>();

/** The public halves under the names that device lists and m.signing_key_update give them. */
function publishedKeys(context: StepContext, name: string) {
  const keys = crossSigningOf.get(context, name);
  if (keys === undefined) throw new Error(`${name} is not bound by announce-cross-signing`);
  return { master_key: masterKeyObject(keys), self_signing_key: signedKeyObject(keys, "self_signing") };
}

export const listDevices = defineStep({
  name: "list-devices",
  summary: "A peer answers from now on that its user has these devices, each with keys",
  input: Type.Object(
    {
      as,
      stream: Type.Integer({ description: "The stream id of the list." }),
      devices: Type.Record(Type.String(), Type.String(), { description: "Display names by device id." }),
      master: Type.Optional(
        Type.String({ description: "The name that announce-cross-signing bound.", "refers-to": "bound" }),
      ),
    },
    closed,
  ),
  describe: ({ as: who, devices, stream }) =>
    `${who}'s server says, when asked, that ${who} has ${Object.keys(devices).join(", ") || "no device"} (stream ${stream})`,
  async run(context, input) {
    const { userId, peer } = peerUser(context, input.as);
    const devices = Object.entries(input.devices).map(([deviceId, name]) => ({
      device_id: deviceId,
      device_display_name: name,
      keys: keysOf(context, userId, deviceId),
    }));
    const crossSigning = input.master === undefined ? undefined : publishedKeys(context, input.master);
    const whole = { user_id: userId, stream_id: input.stream, devices, ...crossSigning };
    const queried = devices.map(({ device_id: id, device_display_name: name, keys }) => [
      id,
      { ...keys, unsigned: { device_display_name: name } },
    ]);
    const answer = {
      device_keys: { [userId]: Object.fromEntries(queried) },
      ...(crossSigning === undefined
        ? {}
        : {
            master_keys: { [userId]: crossSigning.master_key },
            self_signing_keys: { [userId]: crossSigning.self_signing_key },
          }),
    };
    peer.behave("canned-answer", { endpoint: "user-devices", status: 200, body: whole });
    peer.behave("canned-answer", { endpoint: "user-keys-query", status: 200, body: answer });
  },
});

export const announceDevice = defineStep({
  name: "announce-device",
  summary: "A peer sends m.device_list_update about a device of its user, or of another's",
  input: Type.Object(
    {
      as,
      to,
      by,
      device: Type.String({ description: "The device's id.", "refers-to": "nothing" }),
      name: Type.Optional(Type.String({ description: "Its display name." })),
      stream: Type.Integer(),
      prev: Type.Array(Type.Integer(), { description: "The prev_id member." }),
      deleted: Type.Optional(Type.Literal(true)),
    },
    closed,
  ),
  describe: ({ as: who, to: whom, device, deleted, by: sender }) =>
    `${sender === undefined ? `${who}'s server` : sender} tells ${whom} that ${who}'s device ${device} ${deleted === true ? "is gone" : "has changed"}`,
  async run(context, input) {
    const { userId, seat } = peerUser(context, input.as);
    const content = {
      user_id: userId,
      device_id: input.device,
      stream_id: input.stream,
      prev_id: input.prev,
      ...(input.name === undefined ? {} : { device_display_name: input.name }),
      ...(input.deleted === true ? { deleted: true } : { keys: keysOf(context, userId, input.device) }),
    };
    await sendTransaction(context, input.by ?? seat, input.to, {
      pdus: [],
      edus: [{ edu_type: "m.device_list_update", content }],
    });
  },
});

export const announceCrossSigning = defineStep({
  name: "announce-cross-signing",
  summary: "A peer sends m.signing_key_update with fresh keys for its user, or for another's",
  input: Type.Object(
    { as, to, by, id: Type.String({ description: "The name to bind the public master key to." }) },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, to: whom, by: sender }) =>
    `${sender === undefined ? `${who}'s server` : sender} tells ${whom} that ${who} has new cross-signing keys`,
  async run(context, input) {
    const { userId, seat } = peerUser(context, input.as);
    const keys = crossSigningKeys(userId, context.random);
    crossSigningOf.set(context, input.id, keys);
    const content = { user_id: userId, ...publishedKeys(context, input.id) };
    context.bind(input.id, { kind: "text", value: keys.master.publicKey });
    await sendTransaction(context, input.by ?? seat, input.to, {
      pdus: [],
      edus: [{ edu_type: "m.signing_key_update", content }],
    });
  },
});
