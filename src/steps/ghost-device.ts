import { Type } from "@sinclair/typebox";
import { deviceKeysBody, plainDeviceKeys } from "../client/device-keys.js";
import { defineStep } from "./define.js";
import { peerUser } from "./handshakes.js";

export const addGhostDevice = defineStep({
  name: "add-ghost-device",
  summary:
    "A peer adds to its answers about a user's devices one that the user has never seen, with keys of the peer's own",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast at a peer, with one encrypting device." }),
      device: Type.String({ description: "The ghost's device id.", "refers-to": "nothing" }),
    },
    { additionalProperties: false },
  ),
  describe: ({ as: who, device }) => `${who}'s server adds a device ${device} of its own to ${who}'s list`,
  async run(context, input) {
    const { userId, peer } = peerUser(context, input.as);
    const keys = deviceKeysBody(plainDeviceKeys(userId, input.device, context.random), context.random);
    const queried = { endpoint: "user-keys-query", at: `/device_keys/${userId}/${input.device}`, set: keys };
    const listed = { endpoint: "user-devices", at: "/devices/1", set: { device_id: input.device, keys } };
    peer.behave("altered-answer", queried);
    peer.behave("altered-answer", listed);
  },
});
