import { Type } from "@sinclair/typebox";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { Arrival } from "../../peer/arrivals.js";
import type { StepContext } from "../../steps/context.js";
import { meaningOf, type Names } from "../../steps/names.js";
import { namesOf } from "../../steps/names-of.js";
import { waitingFor, within } from "../../steps/waiting.js";
import { defineCheck } from "../define.js";
import { noted } from "../noted.js";
import type { JudgeView } from "../view.js";

const closed = { additionalProperties: false } as const;
const peer = Type.String({ description: "The peer's seat.", "refers-to": "seat" });

/** Waits until that many EDUs have come to a peer, and notes the chosen members of all that have. */
export async function noteEdus(
  context: StepContext,
  where: { readonly peer: string; readonly atLeast: number; readonly within?: string | undefined },
  choose: (eduType: string, content: JsonObject) => JsonValue | undefined,
): Promise<void> {
  const { arrivals } = context.peer(where.peer);
  const chosen = () =>
    arrivals.all.flatMap((arrival: Arrival) => {
      const value = arrival.kind === "edu" ? choose(arrival.eduType, arrival.content) : undefined;
      return value === undefined ? [] : [value];
    });
  await waitingFor(context, where.within, (signal) => arrivals.waitFor(() => chosen().length >= where.atLeast, signal));
  context.observe("edus", { found: chosen() });
}

export function notedEdus(view: JudgeView): readonly JsonValue[] | undefined {
  const found = noted(view, "edus")?.data.found;
  return Array.isArray(found) ? found : undefined;
}

type Update = readonly [streamId: JsonValue, previousIds: JsonValue];

export const updatesChained = defineCheck({
  name: "device-updates-chained",
  summary: "The device list updates of one user that reached a peer each name the one before, and no other, as prev_id",
  input: Type.Object(
    {
      peer,
      user: Type.String({ description: "A member of the cast.", "refers-to": "cast" }),
      "at-least": Type.Integer({ minimum: 2, description: "How many updates there must be." }),
      within,
    },
    closed,
  ),
  async observe(context, input) {
    const { userId } = context.user(input.user);
    await noteEdus(context, { ...input, atLeast: input["at-least"] }, (eduType, content) =>
      eduType === "m.device_list_update" && content.user_id === userId
        ? [content.stream_id ?? null, content.prev_id ?? []]
        : undefined,
    );
  },
  judge(view, input) {
    const expected = `${input["at-least"]} device list updates of ${input.user} or more, each with the stream id of the one before as its prev_id`;
    const updates = notedEdus(view) as readonly Update[] | undefined;
    if (updates === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    const actual = updates.map(([id, previous]) => `${id} after ${JSON.stringify(previous)}`).join(", ") || "no update";
    if (updates.length < input["at-least"]) return { holds: "unknown", expected, actual };
    const holds = updates.every(([, previous], index) => {
      const before = updates[index - 1];
      return before === undefined || (Array.isArray(previous) && previous.length === 1 && previous[0] === before[0]);
    });
    return { holds, expected, actual };
  },
});

export const updatesArrive = defineCheck({
  name: "device-updates-arrive",
  summary: "A device list update about one device reaches a peer, or one more than were counted",
  input: Type.Object(
    {
      peer,
      user: Type.String({ description: "A member of the cast.", "refers-to": "cast" }),
      device: Type.String({ description: "The name that the device's id was bound to.", "refers-to": "bound" }),
      "more-than": Type.Optional(
        Type.String({
          description: "The name that count-device-updates bound; none unless said.",
          "refers-to": "bound",
        }),
      ),
      within,
    },
    closed,
  ),
  async observe(context, input) {
    const { userId } = context.user(input.user);
    const names = namesOf(context);
    const deviceId = meaningOf(input.device, names);
    await noteEdus(context, { ...input, atLeast: counted(input["more-than"], names) + 1 }, (eduType, content) =>
      eduType === "m.device_list_update" && content.user_id === userId && content.device_id === deviceId
        ? (content.stream_id ?? null)
        : undefined,
    );
  },
  judge(view, input) {
    const before = counted(input["more-than"], view);
    const expected = `more than ${before} updates about “${input.device}” of ${input.user}`;
    const found = notedEdus(view);
    if (found === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    return { holds: found.length > before, expected, actual: `${found.length} came` };
  },
});

function counted(name: string | undefined, names: Names): number {
  return name === undefined ? 0 : Number(meaningOf(name, names));
}

const MESSAGE_ID_LIMIT = 32;

/** server-server-api#definition-mdirect_to_device */
export const messageIdsShort = defineCheck({
  name: "message-ids-short",
  summary: "Messages to devices that reached a peer bear a message_id of at most 32 code points",
  input: Type.Object({ peer, within }, closed),
  async observe(context, input) {
    await noteEdus(context, { ...input, atLeast: 1 }, (eduType, content) =>
      eduType === "m.direct_to_device" ? (content.message_id ?? null) : undefined,
    );
  },
  judge(view) {
    const expected = `message ids of at most ${MESSAGE_ID_LIMIT} code points`;
    const ids = notedEdus(view);
    if (ids === undefined) return { holds: "unknown", expected, actual: "nobody looked" };
    if (ids.length === 0) return { holds: "unknown", expected, actual: "no message to a device came" };
    const holds = ids.every((id) => typeof id === "string" && [...id].length <= MESSAGE_ID_LIMIT);
    return { holds, expected, actual: ids.map((id) => JSON.stringify(id)).join(", ") };
  },
});
