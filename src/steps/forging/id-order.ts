import { createHash } from "node:crypto";
import { type Static, Type } from "@sinclair/typebox";
import { compareCodePoints } from "../../matrix/code-points.js";
import { contentHash, eventIdOf } from "../../matrix/events/hashes.js";
import { serverNameOf } from "../../matrix/identifiers.js";
import type { EventId, Pdu } from "../../matrix/pdu.js";
import type { RoomVersionRules } from "../../matrix/room-versions.js";
import type { StepContext } from "../context.js";

/** How an event's id is to compare with another's, where ids decide between events (rooms/v2#definitions, rooms/v1#state-resolution). */
export const IdOrder = Type.Array(
  Type.Object(
    {
      than: Type.String({ description: "The name of an event.", "refers-to": "bound" }),
      is: Type.Union([Type.Literal("smaller"), Type.Literal("greater")]),
      by: Type.Optional(
        Type.Literal("sha1", { description: "Compares the ids' SHA-1 instead of the ids.", "refers-to": "nothing" }),
      ),
    },
    { additionalProperties: false },
  ),
  {
    minItems: 1,
    description: "A number in the content, or the id itself where it is freely chosen, is tried until the id is so.",
  },
);

export type IdOrder = Static<typeof IdOrder>;

// Enough unless the other's id is all but the smallest or greatest there can be.
const TRIES = 20_000;

/** The event with an id that compares as asked; the event itself where nothing is asked. It is to be signed afterwards. */
export function withIdOrder(
  context: StepContext,
  order: IdOrder | undefined,
  event: Pdu,
  rules: RoomVersionRules,
): Pdu {
  if (order === undefined) return event;
  for (let salt = 0; salt < TRIES; salt += 1) {
    const tried = salted(event, salt, rules);
    const id = eventIdOf(tried, rules);
    if (order.every((wish) => fits(id, context.eventId(wish.than), wish))) return tried;
  }
  throw new Error(`no id was found that compares with that of ${order.map(({ than }) => than).join(" and ")} as asked`);
}

function salted(event: Pdu, salt: number, rules: RoomVersionRules): Pdu {
  if (rules.eventIds === "field") {
    const word = createHash("sha256").update(`${salt} ${event.event_id}`).digest("base64url").slice(0, 18);
    return { ...event, event_id: `$${word}:${serverNameOf(event.sender)}` };
  }
  const changed = { ...event, content: { ...event.content, "org.concordat.salt": salt } };
  return { ...changed, hashes: { sha256: contentHash(changed) } };
}

function fits(id: EventId, other: EventId, { is, by }: IdOrder[number]): boolean {
  const ranked = (of: EventId) => (by === "sha1" ? createHash("sha1").update(of).digest("hex") : of);
  const difference = compareCodePoints(ranked(id), ranked(other));
  return is === "smaller" ? difference < 0 : difference > 0;
}
