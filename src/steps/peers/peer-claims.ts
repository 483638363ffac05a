import { Type } from "@sinclair/typebox";
import { isJsonObject } from "../../matrix/json.js";
import { defineStep } from "../define.js";
import { claimedKeyId } from "../encryption/devices.js";
import { peerRequest } from "./peer-requests.js";

const closed = { additionalProperties: false } as const;

export const claimAtOnce = defineStep({
  name: "claim-at-once",
  summary: "Peers claim one-time keys of one device, all at the same moment, one key each",
  input: Type.Object(
    {
      by: Type.Array(Type.String(), { minItems: 1, description: "The peers' seats, one for each key." }),
      to: Type.String({ description: "The seat of the device's server." }),
      of: Type.String({ description: "A member of the cast.", "refers-to": "cast" }),
      device: Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }),
      ids: Type.Array(Type.String(), {
        minItems: 1,
        description: "Names to bind the claimed keys' ids to, one for each peer; `none` when there was none.",
      }),
    },
    closed,
  ),
  binds: ["ids"],
  describe: ({ by, of: whom }) =>
    by.length === 1
      ? `${by[0]} claims a one-time key of ${whom}`
      : `${by.join(", ")} claim one-time keys of ${whom} at once`,
  async run(context, input) {
    if (input.by.length !== input.ids.length) throw new Error("claim-at-once needs one name for each peer");
    const userId = context.user(input.of).userId;
    const deviceId = String(context.bound(input.device, "text").value);
    const content = { one_time_keys: { [userId]: { [deviceId]: "signed_curve25519" } } };
    const answers = await Promise.all(
      input.by.map((seat) =>
        peerRequest(context, seat, input.to, {
          method: "POST",
          uri: "/_matrix/federation/v1/user/keys/claim",
          content,
        }),
      ),
    );
    for (const [index, { status, body }] of answers.entries()) {
      if (status !== 200 || !isJsonObject(body)) return context.fail(input.to, `a claim was answered with ${status}`);
      const keyId = claimedKeyId(body, userId, deviceId);
      context.bind(input.ids[index] ?? "", { kind: "text", value: keyId ?? "none" });
    }
  },
});

/** More than any client keeps in stock. */
const ENOUGH = 200;

export const claimAll = defineStep({
  name: "claim-all",
  summary: "A peer claims every one-time key of a device, one after the other, until the reserve key comes",
  input: Type.Object(
    {
      by: Type.String({ description: "The peer's seat.", "refers-to": "seat" }),
      to: Type.String({ description: "The seat of the device's server." }),
      of: Type.String({ description: "A member of the cast.", "refers-to": "cast" }),
      device: Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }),
    },
    closed,
  ),
  describe: ({ by, of: whom }) => `${by} claims every one-time key of ${whom}`,
  async run(context, input) {
    const userId = context.user(input.of).userId;
    const deviceId = String(context.bound(input.device, "text").value);
    const content = { one_time_keys: { [userId]: { [deviceId]: "signed_curve25519" } } };
    const seen = new Set<string>();
    for (let round = 0; round < ENOUGH; round += 1) {
      const request = { method: "POST", uri: "/_matrix/federation/v1/user/keys/claim", content };
      const { status, body } = await peerRequest(context, input.by, input.to, request);
      if (status !== 200 || !isJsonObject(body)) return context.fail(input.to, `a claim was answered with ${status}`);
      const keyId = claimedKeyId(body, userId, deviceId);
      // The same again: it is the one that is given out any number of times.
      if (keyId === undefined || seen.has(keyId)) return;
      seen.add(keyId);
    }
    context.fail(input.to, `after ${ENOUGH} claims there were still keys`);
  },
});
