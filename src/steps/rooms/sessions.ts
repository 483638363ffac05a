import { Type } from "@sinclair/typebox";
import { ClientError } from "../../client/client-error.js";
import type { ClientUser } from "../../client/client-user.js";
import { deviceKeysBody, plainDeviceKeys } from "../../client/device-keys.js";
import { observeResponse } from "../asking/client-calls.js";
import { defineStep } from "../define.js";
import { instanceStore } from "../instance-store.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });

const UPLOAD = "/_matrix/client/v3/keys/upload";

const sessions = instanceStore<ClientUser>();

export const logIn = defineStep({
  name: "log-in",
  summary: "A user logs in on one more device, which uploads its keys",
  input: Type.Object(
    {
      as,
      id: Type.String({ description: "The name to bind the new device's id to." }),
      device: Type.Optional(
        Type.String({ description: "The device's id; the server's choice unless given.", "refers-to": "nothing" }),
      ),
      "may-fail": Type.Optional(
        Type.Literal(true, { description: "Go on when the server refuses: what matters is what it does." }),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, device }) =>
    `${who} logs in on ${device === undefined ? "one more device" : `a device called ${device}`}, which uploads its keys`,
  async run(context, input) {
    const user = context.user(input.as);
    if (user.kind !== "client") throw new Error(`${input.as} sits at a peer and has no devices`);
    try {
      const session = await user.logIn(context.signal, input.device);
      const keys = plainDeviceKeys(session.userId, session.deviceId, context.random);
      const body = { device_keys: deviceKeysBody(keys, context.random) };
      const answer = await session.request("POST", UPLOAD, body, { signal: context.signal });
      if (answer.status >= 300) throw new ClientError(`POST ${UPLOAD}`, answer);
      observeResponse(context, { status: answer.status, body: {}, exchange: answer.exchangeId });
      sessions.set(context, input.id, session);
      context.bind(input.id, { kind: "text", value: session.deviceId });
    } catch (error) {
      if (!(error instanceof ClientError) || input["may-fail"] !== true) throw error;
      const { status, errcode, exchangeId: exchange } = error;
      observeResponse(context, { status, body: errcode === undefined ? {} : { errcode }, exchange });
    }
  },
});

export const logOut = defineStep({
  name: "log-out",
  summary: "A user logs out on a device that they logged in on, which deletes it",
  input: Type.Object({ as, device: Type.String({ description: "The name that log-in bound." }) }, closed),
  describe: ({ as: who, device }) => `${who} logs out on “${device}”`,
  async run(context, input) {
    const session = sessions.get(context, input.device);
    if (session === undefined) throw new Error(`nobody logged in as ${input.device}`);
    await session.expectObject("POST", "/_matrix/client/v3/logout", {}, { signal: context.signal });
  },
});
