import { Type } from "@sinclair/typebox";
import { deviceKeysBody, plainDeviceKeys } from "../../client/device-keys.js";
import { pointerPart } from "../../matrix/json.js";
import { defineStep } from "../define.js";
import { setRule } from "../path/tampering.js";
import { peerUser } from "../peers/handshakes.js";

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

export const addGhostOnTheWay = defineStep({
  name: "add-ghost-on-the-way",
  summary: "Somebody between two servers adds to the answers about a user's devices one that the user has never seen",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the rule to." }),
      from: Type.String({ description: "The seat of the server that asks.", "refers-to": "seat" }),
      to: Type.String({ description: "The seat of the user's own server.", "refers-to": "seat" }),
      "of-user": Type.String({ description: "A member of the cast." }),
      device: Type.String({ description: "The ghost's device id.", "refers-to": "nothing" }),
    },
    { additionalProperties: false },
  ),
  binds: ["id"],
  describe: ({ "of-user": who, device }) => `on the way, a device ${device} is added to ${who}'s list`,
  async run(context, input) {
    const { userId } = context.user(input["of-user"]);
    const keys = deviceKeysBody(plainDeviceKeys(userId, input.device, context.random), context.random);
    const at = `/device_keys${pointerPart(userId)}/${input.device}`;
    const queried = { at, set: keys };
    // A server that shares a room keeps the whole list, for which it asks elsewhere.
    const listed = { at: "/devices/-", set: { device_id: input.device, keys } };
    const endpoint = ["user-keys-query", "user-devices"];
    setRule(context, { ...input, endpoint }, { kind: "rewrite-response", changes: [queried, listed] });
  },
});
