import { Type } from "@sinclair/typebox";
import { defineStep } from "../define.js";

export const countUpdates = defineStep({
  name: "count-device-updates",
  summary: "It is noted how many device list updates about one device have reached a peer so far",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat.", "refers-to": "seat" }),
      user: Type.String({ description: "A member of the cast.", "refers-to": "cast" }),
      device: Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }),
      id: Type.String({ description: "The name to bind the number to." }),
    },
    { additionalProperties: false },
  ),
  binds: ["id"],
  describe: ({ peer, user, device }) =>
    `The updates about “${device}” of ${user} that ${peer} has received are counted`,
  async run(context, input) {
    const { userId } = context.user(input.user);
    const deviceId = String(context.bound(input.device, "text").value);
    const { arrivals } = context.peer(input.peer);
    const updates = arrivals.all.filter(
      (arrival) =>
        arrival.kind === "edu" &&
        arrival.eduType === "m.device_list_update" &&
        arrival.content.user_id === userId &&
        arrival.content.device_id === deviceId,
    );
    context.bind(input.id, { kind: "text", value: String(updates.length) });
  },
});

export const countRequests = defineStep({
  name: "count-requests",
  summary: "It is noted how many requests of some kinds have reached a peer so far",
  input: Type.Object(
    {
      peer: Type.String({ description: "The peer's seat.", "refers-to": "seat" }),
      request: Type.Array(Type.String(), { minItems: 1, description: "Endpoints' ids." }),
      id: Type.String({ description: "The name to bind the number to." }),
    },
    { additionalProperties: false },
  ),
  binds: ["id"],
  describe: ({ peer, request }) => `The ${request.join(" and ")} requests that ${peer} has received are counted`,
  async run(context, input) {
    const { all } = context.peer(input.peer).arrivals;
    const wanted = new Set(input.request);
    const count = all.filter((arrival) => arrival.kind === "request" && wanted.has(arrival.endpoint)).length;
    context.bind(input.id, { kind: "text", value: String(count) });
  },
});
