import { Type } from "@sinclair/typebox";
import type { CryptoDevice } from "../../client/crypto-device.js";
import { deviceStanding, keysHeldOf, userStanding } from "../../client/identity.js";
import type { StepContext } from "../../steps/context.js";
import { deviceOf } from "../../steps/encryption/crypto-devices.js";
import { meaningOf } from "../../steps/names.js";
import { namesOf } from "../../steps/names-of.js";
import { milliseconds, waitingFor, within } from "../../steps/waiting.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";
import type { JudgeView } from "../view.js";

const closed = { additionalProperties: false } as const;
const Looker = {
  as: Type.String({ description: "A member of the cast with an encrypting device: who looks." }),
  device: Type.Optional(
    Type.String({
      description: "The name that open-device bound; the first device unless said.",
      "refers-to": "bound",
    }),
  ),
  "of-user": Type.String({ description: "A member of the cast: who is looked at." }),
  within,
};
const toldOnly = Type.Optional(
  Type.Literal(true, { description: "The client asks for keys only when /sync tells it that they changed." }),
);

interface Look {
  readonly as: string;
  readonly device?: string;
  readonly "of-user": string;
  readonly "as-told"?: true;
  readonly within?: string;
}

/** Looks after each sync until the value is the wanted one or the time has passed; notes the last. */
async function noteWhenSeen(
  context: StepContext,
  input: Look,
  wanted: string,
  look: (own: CryptoDevice, userId: string) => Promise<string>,
): Promise<void> {
  const own = deviceOf(context, input.as, input.device);
  const { userId } = context.user(input["of-user"]);
  await own.track([userId], context.signal);
  const seen = await waitingFor(context, input.within, (signal) =>
    own.untilSeen(async () => {
      if (input["as-told"] !== true) await own.machine.markAllTrackedUsersAsDirty();
      await own.flush(signal);
      const value = await look(own, userId);
      return value === wanted ? value : undefined;
    }, signal),
  );
  context.observe("standing", { value: seen ?? (await look(own, userId)) });
}

function found(view: JudgeView, expected: string, wanted: string) {
  const value = noted(view, "standing")?.data.value;
  if (typeof value !== "string") return { holds: "unknown", expected, actual: "nobody looked" } as const;
  const exchanges = view.exchanges.filter(({ request }) => request.target.endsWith("/keys/query")).map(({ id }) => id);
  return { holds: value === wanted, expected, actual: `it is ${value}`, exchanges: exchanges.slice(-4) };
}

export const deviceStands = defineCheck({
  name: "device-stands",
  summary:
    "To a user's client another's device comes to be unknown, unsigned, signed by its owner's cross-signing, or verified",
  input: Type.Object(
    {
      ...Looker,
      "of-device": Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }),
      is: Type.Union([
        Type.Literal("unknown"),
        Type.Literal("unsigned"),
        Type.Literal("signed"),
        Type.Literal("verified"),
      ]),
      "as-told": toldOnly,
    },
    closed,
  ),
  async observe(context, input) {
    const deviceId = meaningOf(input["of-device"], namesOf(context));
    await noteWhenSeen(context, input, input.is, (own, userId) => deviceStanding(own, userId, deviceId));
  },
  judge(view, input) {
    const expected = `“${input["of-device"]}” of ${input["of-user"]} to be ${input.is} to ${input.as} within ${milliseconds(input.within)} ms`;
    return found(view, expected, input.is);
  },
});

export const userStands = defineCheck({
  name: "user-stands",
  summary:
    "To a user's client another user comes to have no cross-signing, to be unverified, verified, or changed since",
  input: Type.Object(
    {
      ...Looker,
      is: Type.Union([
        Type.Literal("none"),
        Type.Literal("unverified"),
        Type.Literal("verified"),
        Type.Literal("changed"),
      ]),
      "as-told": toldOnly,
    },
    closed,
  ),
  async observe(context, input) {
    await noteWhenSeen(context, input, input.is, userStanding);
  },
  judge(view, input) {
    const expected = `${input["of-user"]} to be ${input.is} to ${input.as} within ${milliseconds(input.within)} ms`;
    return found(view, expected, input.is);
  },
});

export const holdsTrueKeys = defineCheck({
  name: "holds-true-keys",
  summary: "A user's client holds another's device to have the keys that this device made",
  input: Type.Object(
    {
      ...Looker,
      "of-device": Type.Optional(
        Type.String({
          description: "The name that open-device bound; the first device of that user unless said.",
          "refers-to": "bound",
        }),
      ),
    },
    closed,
  ),
  async observe(context, input) {
    const made = deviceOf(context, input["of-user"], input["of-device"]);
    const real = made.identityKeys;
    await noteWhenSeen(context, input, "right", async (own, userId) => {
      const held = await keysHeldOf(own, userId, made.client.deviceId);
      if (held === undefined) return "unknown";
      return held.curve25519 === real.curve25519 && held.ed25519 === real.ed25519 ? "right" : "wrong";
    });
  },
  judge(view, input) {
    const expected = `the keys that ${input.as} holds the device of ${input["of-user"]} to have to be right`;
    return found(view, expected, "right");
  },
});

export const sameEmoji = defineCheck({
  name: "same-emoji",
  summary: "The two devices of the step showed the same seven emoji",
  input: Type.Object({}, closed),
  judge(view) {
    const expected = "the same seven emoji on both devices";
    const seen = view.here.findLast(({ what }) => what === "emoji");
    if (seen === undefined) return { holds: "unknown", expected, actual: "no emoji were shown" };
    const { first, second } = seen.data;
    const seven = String(first).split(" ").length === 7;
    // Which ones they were proves something to users alone, and only for once.
    return { holds: seven && first === second, expected, actual: first === second ? "the same" : "different ones" };
  },
});
