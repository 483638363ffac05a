import { Type } from "@sinclair/typebox";
import { isJsonObject, pointerPart } from "../../matrix/json.js";
import { meaningOf, resolveText } from "../../steps/names.js";
import { shown } from "../answers/responses.js";
import { holds } from "../arrivals/arrivals.js";
import { defineCheck } from "../define.js";
import { at } from "../pointer.js";
import type { JudgeView } from "../view.js";

const closed = { additionalProperties: false } as const;

/** The exchanges by which a room's key travels. */
function keyExchanges(view: JudgeView): readonly string[] {
  return view.exchanges
    .filter(({ request }) => request.target.includes("/sendToDevice/") || request.target.includes("/keys/claim"))
    .map(({ id }) => id);
}

export const decrypts = defineCheck({
  name: "decrypts-to",
  summary: "The message that the step decrypted has this text",
  input: Type.Object({ body: Type.String() }, closed),
  judge(view, input) {
    const expected = `the decrypted text “${input.body}”`;
    const seen = view.here.findLast(({ what }) => what === "decryption");
    if (seen === undefined) return { holds: "unknown", expected, actual: "nothing was decrypted" };
    const exchanges = keyExchanges(view);
    if (seen.data.ok !== true)
      return { holds: false, expected, actual: `it did not decrypt: ${String(seen.data.reason)}`, exchanges };
    const plain = seen.data.plain;
    const right = isJsonObject(plain) && holds(plain, { content: { body: input.body } });
    return {
      holds: right,
      expected,
      actual: right ? "it decrypted to that" : `it decrypted to ${shown(plain ?? null)}`,
      exchanges,
    };
  },
});

export const staysUnreadable = defineCheck({
  name: "stays-unreadable",
  summary:
    "The message that the step tried to decrypt cannot be read, and its sender said why the key was kept back where that is asked for",
  input: Type.Object(
    { withheld: Type.Optional(Type.String({ description: "Why the key was kept back, such as `m.unverified`." })) },
    closed,
  ),
  judge(view, input) {
    const reason = input.withheld === undefined ? "" : `, its key withheld as ${input.withheld}`;
    const expected = `a message that cannot be read${reason}`;
    const seen = view.here.findLast(({ what }) => what === "decryption");
    if (seen === undefined) return { holds: "unknown", expected, actual: "nothing was decrypted" };
    const exchanges = keyExchanges(view);
    if (seen.data.ok === true) return { holds: false, expected, actual: "it was read", exchanges };
    const { withheld, reason: why } = seen.data;
    const right = input.withheld === undefined || withheld === input.withheld;
    const said = typeof withheld === "string" ? ` (${withheld})` : "";
    return { holds: right, expected, actual: `it cannot be read${said}: ${String(why)}`, exchanges };
  },
});

export const keysRestored = defineCheck({
  name: "keys-restored",
  summary: "The step's device took at least so many room keys out of the backup",
  input: Type.Object({ "at-least": Type.Integer({ minimum: 1 }) }, closed),
  judge(view, input) {
    const expected = `${input["at-least"]} room keys or more out of the backup`;
    const seen = view.here.findLast(({ what }) => what === "restored");
    if (seen === undefined) return { holds: "unknown", expected, actual: "nothing was restored" };
    const keys = Number(seen.data.keys);
    const exchanges = view.exchanges
      .filter(({ request }) => request.target.includes("/room_keys/"))
      .map(({ id }) => id);
    return { holds: keys >= input["at-least"], expected, actual: `${keys} room keys`, exchanges };
  },
});

export const keyNeverSent = defineCheck({
  name: "key-never-sent",
  summary: "A user's client has sent messages that hold keys to devices, and none to the device named",
  input: Type.Object(
    {
      as: Type.String({ description: "A member of the cast: whose client." }),
      "of-user": Type.String({ description: "A member of the cast: whose device." }),
      device: Type.String({
        description: "The device's id; `${name}` stands for one that was bound.",
        "refers-to": "nothing",
      }),
    },
    closed,
  ),
  judge(view, input) {
    const expected = `no encrypted message to the device ${input.device} of ${input["of-user"]}, and some to others`;
    const sender = meaningOf(input.as, view);
    const userId = meaningOf(input["of-user"], view);
    const deviceId = resolveText(input.device, view);
    const place = `/messages${pointerPart(userId)}${pointerPart(deviceId)}`;
    const sent = view.exchanges.filter(
      ({ kind, from, request }) =>
        kind === "client" && from === sender && request.target.includes("/sendToDevice/m.room.encrypted/"),
    );
    if (sent.length === 0) return { holds: "unknown", expected, actual: "no encrypted message to a device was sent" };
    const wrong = sent.filter((exchange) => {
      const body = exchange.requestJson();
      return isJsonObject(body) && at(body, place) !== undefined;
    });
    const exchanges = (wrong.length > 0 ? wrong : sent).map(({ id }) => id);
    return { holds: wrong.length === 0, expected, actual: `${wrong.length} of ${sent.length} were for it`, exchanges };
  },
});
