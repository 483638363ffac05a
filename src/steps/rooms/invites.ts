import { Type } from "@sinclair/typebox";
import { eventIdOf } from "../../matrix/events/hashes.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { withMember } from "../../peer/behaviours/answers.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { forged, Mutations } from "../forging/mutations.js";
import { type Names, resolveNames } from "../names.js";
import { namesOf } from "../names-of.js";
import { peerUser } from "../peers/handshakes.js";
import { peerRequest } from "../peers/peer-requests.js";

const closed = { additionalProperties: false } as const;
/** What tells the invited user's server which room it is. */
const SHOWN = ["m.room.create", "m.room.join_rules", "m.room.name"];

const StateForgeries = Type.Array(
  Type.Object(
    {
      type: Type.String({ description: "The type of the state event." }),
      at: Type.String({ pattern: "^/", description: "JSON Pointer of the member within it." }),
      set: Type.Optional(Type.Unknown({ description: "The new value; the member is removed when absent." })),
    },
    closed,
  ),
  { description: "Members of the shown state that are changed after signing." },
);

export const sendInvite = defineStep({
  name: "send-invite",
  summary: "A peer writes, signs and sends an invite, departing from an honest one where told",
  input: Type.Object(
    {
      as: Type.String({ description: "The inviter, of the cast at a peer." }),
      who: Type.String({ description: "The invited member of the cast." }),
      room: Type.String(),
      to: Type.String({ description: "The seat that is sent the invite.", "refers-to": "seat" }),
      id: Type.String({ description: "The name to bind the invite to." }),
      by: Type.Optional(
        Type.String({ description: "The peer that sends it; the inviter's unless said.", "refers-to": "seat" }),
      ),
      mutate: Type.Optional(Mutations),
      version: Type.Optional(Type.String({ description: "The room version to claim." })),
      endpoint: Type.Optional(
        Type.Literal("v1", { description: "Through the first kind of invite, for room versions 1 and 2." }),
      ),
      "path-event": Type.Optional(Type.String({ description: "An event id to put in the path instead." })),
      "state-of": Type.Optional(
        Type.String({ description: "Show the state of this room instead.", "refers-to": "bound" }),
      ),
      "without-state": Type.Optional(Type.Literal(true, { description: "Show no state." })),
      "mutate-state": Type.Optional(StateForgeries),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as, who, to }) => `${as} sends ${to} an invite of ${who}`,
  async run(context, input) {
    const { peer, userId, seat } = peerUser(context, input.as);
    const roomId = context.roomId(input.room);
    const names = namesOf(context);
    const { rooms } = peer.homeserver.context;
    const guest = context.user(input.who).userId;
    const content = { membership: "invite" };
    const { event: honest, rules } = rooms.draft(roomId, {
      type: "m.room.member",
      sender: userId,
      stateKey: guest,
      content,
    });
    const event = forged(honest, input.mutate, rules, peer, names);
    const eventId = eventIdOf(event, rules);
    context.bind(input.id, { kind: "event", eventId, room: input.room, pdu: event as unknown as JsonObject, seat });
    const inPath = input["path-event"] === undefined ? eventId : resolveNames(input["path-event"], names);
    const known = input["without-state"] === true ? [] : shownState(context, seat, input["state-of"] ?? input.room);
    const shown = known.map((entry) => forgedState(entry, input["mutate-state"] ?? [], names));
    const pdu = event as unknown as JsonObject;
    const kind = input.endpoint ?? "v2";
    const answer = await peerRequest(context, input.by ?? seat, input.to, {
      method: "PUT",
      uri: `/_matrix/federation/${kind}/invite/${encodeURIComponent(roomId)}/${encodeURIComponent(inPath)}`,
      content:
        kind === "v1"
          ? { ...pdu, unsigned: { invite_room_state: shown.map(stripped) } }
          : { room_version: input.version ?? rules.id, event: pdu, invite_room_state: shown },
    });
    const body = Array.isArray(answer.body) ? answer.body[1] : answer.body;
    const signed = isJsonObject(body) ? body.event : undefined;
    if (answer.status !== 200 || !isJsonObject(signed)) {
      context.fail(input.to, `the invite was answered with ${answer.status}`);
    }
    if (input.mutate === undefined) rooms.inject(roomId, signed as unknown as Pdu);
  },
});

function shownState(context: StepContext, seat: string, room: string): readonly JsonObject[] {
  const known = context.peer(seat).homeserver.context.rooms.get(context.roomId(room));
  return SHOWN.flatMap((type) => known?.state(type) ?? []) as unknown as readonly JsonObject[];
}

/** As the first kind of invite shows state (client-server-api#stripped-state). */
function stripped({ type = "", state_key = "", sender = "", content = {} }: JsonObject): JsonObject {
  return { type, state_key, sender, content };
}

function forgedState(
  entry: JsonObject,
  forgeries: readonly { readonly type: string; readonly at: string; readonly set?: unknown }[],
  names: Names,
): JsonObject {
  const own = forgeries.filter(({ type }) => type === entry.type);
  return own.reduce(
    (event, { at, set }) =>
      withMember(event, at, set === undefined ? undefined : resolveNames(set as JsonValue, names)),
    entry,
  );
}
