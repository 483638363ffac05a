import { Type } from "@sinclair/typebox";
import { deviceListIn, toDeviceIn } from "../../client/sync-batch.js";
import type { JsonObject } from "../../matrix/json.js";
import { deviceOf } from "../../steps/encryption/crypto-devices.js";
import { resolveNames } from "../../steps/names.js";
import { namesOf } from "../../steps/names-of.js";
import { milliseconds, waitingFor, within } from "../../steps/waiting.js";
import { answerOf, withResponse } from "../answers/responses.js";
import { holds } from "../arrivals/arrivals.js";
import { defineCheck } from "../define.js";
import { noted, noteOfSync, noteSync } from "../noted.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });

export const deviceListLeft = defineCheck({
  name: "device-list-left",
  summary: "A user's client is told by /sync that another user's devices need not be followed any more",
  input: Type.Object({ as, "of-user": Type.String({ description: "A member of the cast." }), within }, closed),
  async observe(context, input) {
    const { userId } = context.user(input["of-user"]);
    const batch = await waitingFor(context, input.within, (signal) =>
      context.client(input.as).waitForSync((one) => deviceListIn(one, "left").includes(userId), signal),
    );
    noteSync(context, batch);
  },
  judge(view, input) {
    const expected = `${input.as} to be told that ${input["of-user"]} is left, within ${milliseconds(input.within)} ms`;
    return noteOfSync(view, expected, "the sync told it", "no such sync in time");
  },
});

export const deviceGets = defineCheck({
  name: "device-gets",
  summary: "A user's second device is given a message to devices in time",
  input: Type.Object(
    {
      as,
      device: Type.String({ description: "The name that open-device bound.", "refers-to": "bound" }),
      with: Type.Object({}, { additionalProperties: true, description: "Members that it must hold, nested." }),
      within,
    },
    closed,
  ),
  async observe(context, input) {
    const { client } = deviceOf(context, input.as, input.device);
    const wanted = resolveNames(input.with as JsonObject, namesOf(context));
    const batch = await waitingFor(context, input.within, (signal) =>
      client.waitForSync((one) => toDeviceIn(one).some((message) => holds(message, wanted)), signal),
    );
    noteSync(context, batch);
  },
  judge(view, input) {
    const expected = `“${input.device}” of ${input.as} to be given ${JSON.stringify(input.with)} within ${milliseconds(input.within)} ms`;
    return noteOfSync(view, expected, "it came", "it did not come in time");
  },
});

const MEMBERS = "content, sender, type";

export const toDeviceMembers = defineCheck({
  name: "to-device-members",
  summary: "Messages to a device that a client has been given have a type, a sender and content, and nothing else",
  input: Type.Object({ as, type: Type.String({ description: "The messages' type." }) }, closed),
  async observe(context, input) {
    const messages = context.client(input.as).seen.flatMap(toDeviceIn);
    const own = messages.filter(({ type }) => type === input.type);
    context.observe("members", { found: own.map((message) => Object.keys(message).sort().join(", ")) });
  },
  judge(view, input) {
    const expected = `${input.type} with ${MEMBERS}`;
    const found = noted(view, "members")?.data.found;
    if (!Array.isArray(found) || found.length === 0)
      return { holds: "unknown", expected, actual: "no such message was seen" };
    return { holds: found.every((members) => members === MEMBERS), expected, actual: found.join("; ") };
  },
});

export const neverSpells = defineCheck({
  name: "body-never-spells",
  summary: "The response's body does not hold a text",
  input: Type.Object({ text: Type.String({ minLength: 4 }) }, closed),
  ofResponse: true,
  judge(view, input) {
    const expected = `“${input.text}” nowhere in the answer`;
    return withResponse(view, expected, (exchange) => {
      if (exchange.responseJson() === undefined)
        return { holds: "unknown", expected, actual: answerOf(exchange), exchanges: [exchange.id] };
      const spelt = Buffer.from(exchange.responseBytes()).toString("utf8").includes(input.text);
      return { holds: !spelt, expected, actual: spelt ? "it is there" : "it is not there", exchanges: [exchange.id] };
    });
  },
});
