import { Type } from "@sinclair/typebox";
import { curveKeys, deviceKeysBody, type PlainDeviceKeys, plainDeviceKeys } from "../../client/device-keys.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import { milliseconds } from "../../schema/durations.js";
import { ask, askFor, encode } from "../asking/client-calls.js";
import { defineStep } from "../define.js";
import { DURATION } from "../durations.js";
import { instanceStore } from "../instance-store.js";
import { resolveNames } from "../names.js";
import { namesOf } from "../names-of.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });
const of = Type.String({ description: "A member of the cast." });
const ALGORITHM = "signed_curve25519";

const deviceKeys = instanceStore<PlainDeviceKeys>();

export const uploadKeys = defineStep({
  name: "upload-keys",
  summary: "A user's device uploads its keys the first time, and one-time keys and a fallback key as named",
  input: Type.Object(
    {
      as,
      id: Type.Optional(Type.String({ description: "The name to bind the device's id to." })),
      "one-time": Type.Optional(Type.Array(Type.String(), { description: "Names of one-time keys." })),
      fallback: Type.Optional(Type.String({ description: "The name of a fallback key." })),
      more: Type.Optional(
        Type.Object(
          {},
          { additionalProperties: true, description: "Members of the device's keys that no specification names." },
        ),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, "one-time": names }) =>
    `${who}'s device uploads ${names === undefined ? "its keys" : `one-time keys: ${names.join(", ")}`}`,
  async run(context, input) {
    const client = context.client(input.as);
    const known = deviceKeys.get(context, input.as);
    const keys = known ?? plainDeviceKeys(client.userId, client.deviceId, context.random);
    deviceKeys.set(context, input.as, keys);
    await askFor(context, input.as, "POST", "/keys/upload", {
      ...(known === undefined
        ? { device_keys: deviceKeysBody(keys, context.random, (input.more ?? {}) as JsonObject) }
        : {}),
      one_time_keys: curveKeys(keys, input["one-time"] ?? [], context.random),
      ...(input.fallback === undefined
        ? {}
        : { fallback_keys: curveKeys(keys, [input.fallback], context.random, true) }),
    });
    if (input.id !== undefined) context.bind(input.id, { kind: "text", value: client.deviceId });
  },
});

export const queryKeys = defineStep({
  name: "query-keys",
  summary: "A user asks their server for another user's device keys",
  input: Type.Object(
    {
      as,
      of,
      timeout: Type.Optional(
        Type.String({ pattern: DURATION, description: "How long the client lets its server wait for another." }),
      ),
    },
    closed,
  ),
  describe: ({ as: who, of: whom, timeout }) =>
    `${who} asks for the device keys of ${whom}${timeout === undefined ? "" : `, and gives their server ${timeout}`}`,
  async run(context, { as: who, of: whom, timeout }) {
    await ask(context, who, "POST", "/keys/query", {
      device_keys: { [context.user(whom).userId]: [] },
      ...(timeout === undefined ? {} : { timeout: milliseconds(timeout) }),
    });
  },
});

export const claimKey = defineStep({
  name: "claim-key",
  summary: "A user claims a one-time key of another user's device",
  input: Type.Object(
    {
      as,
      of,
      device: Type.String({ description: "The name that the device's id was bound to." }),
      id: Type.String({ description: "The name to bind the claimed key's id to; `none` when there was none." }),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, of: whom }) => `${who} claims a one-time key of ${whom}`,
  async run(context, input) {
    const userId = context.user(input.of).userId;
    const deviceId = String(context.bound(input.device, "text").value);
    const body = await askFor(context, input.as, "POST", "/keys/claim", {
      one_time_keys: { [userId]: { [deviceId]: ALGORITHM } },
    });
    context.bind(input.id, { kind: "text", value: claimedKeyId(body, userId, deviceId) ?? "none" });
  },
});

/** The id of the key that an answer of keys/claim gives for a device; undefined when it gives none. */
export function claimedKeyId(body: JsonObject, userId: string, deviceId: string): string | undefined {
  const users = body.one_time_keys;
  const devices = isJsonObject(users) ? users[userId] : undefined;
  const keys = isJsonObject(devices) ? devices[deviceId] : undefined;
  return isJsonObject(keys) ? Object.keys(keys)[0] : undefined;
}

export const sendToDevice = defineStep({
  name: "send-to-device",
  summary: "A user sends a message to the devices of another",
  input: Type.Object(
    {
      as,
      to: of,
      device: Type.Optional(
        Type.String({
          description: "The name that a device's id was bound to; all of them unless said.",
          "refers-to": "bound",
        }),
      ),
      type: Type.String(),
      content: Type.Object({}, { additionalProperties: true }),
      times: Type.Optional(Type.Integer({ minimum: 2, maximum: 200, description: "So often, each by itself." })),
    },
    closed,
  ),
  describe: ({ as: who, to, type, device, times }) =>
    `${who} sends ${times === undefined ? "" : `${times} times `}${type} to ${device === undefined ? "the devices" : `“${device}”`} of ${to}`,
  async run(context, input) {
    const content = resolveNames(input.content as JsonObject, namesOf(context));
    const device = input.device === undefined ? "*" : String(context.bound(input.device, "text").value);
    for (let time = 0; time < (input.times ?? 1); time += 1) {
      const transaction = Buffer.from(context.random(6)).toString("hex");
      await askFor(context, input.as, "PUT", `/sendToDevice/${encode(input.type)}/${transaction}`, {
        messages: { [context.user(input.to).userId]: { [device]: content } },
      });
    }
  },
});

export const renameDevice = defineStep({
  name: "rename-device",
  summary: "A user gives their device another display name",
  input: Type.Object({ as, to: Type.String({ "refers-to": "nothing" }) }, closed),
  describe: ({ as: who, to }) => `${who} names their device “${to}”`,
  async run(context, input) {
    await askFor(context, input.as, "PUT", `/devices/${encode(context.client(input.as).deviceId)}`, {
      display_name: input.to,
    });
  },
});
