import { Type } from "@sinclair/typebox";
import { eventIdOf } from "../../matrix/events/hashes.js";
import { completeEvent } from "../../matrix/events/sign.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import type { Pdu } from "../../matrix/pdu.js";
import { roomVersionRules } from "../../matrix/room-versions.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { forgedEvent } from "../forging/forged-events.js";
import { Mutations, mutated } from "../forging/mutations.js";
import { resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { peerRequest } from "./peer-requests.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a peer." });
const membership = Type.Union([Type.Literal("join"), Type.Literal("leave"), Type.Literal("knock")]);

export const makeMembership = defineStep({
  name: "make-membership",
  summary: "A peer asks for a template of a membership event (make_join, make_leave, make_knock)",
  input: Type.Object(
    {
      as,
      room: Type.String(),
      via: Type.String({ description: "The seat of the resident server." }),
      membership,
      id: Type.Optional(Type.String({ description: "The name to bind the template to." })),
      versions: Type.Optional(
        Type.Array(Type.String(), { description: "The `ver` parameters; the room's version unless said." }),
      ),
      "of-user": Type.Optional(
        Type.String({ description: "The user named in the path, when it is not the asking one." }),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: asking, room, via, membership: wanted }) =>
    `${asking} asks ${via} for a ${wanted} template of “${room}”`,
  async run(context, input) {
    const user = peerUser(context, input.as);
    const room = context.bound(input.room, "room");
    const versions = input.versions ?? [String(room.version)];
    const query = input.membership === "leave" ? "" : `?${versions.map((version) => `ver=${version}`).join("&")}`;
    const subject = input["of-user"] === undefined ? user.userId : context.user(input["of-user"]).userId;
    const path = `${encodeURIComponent(String(room.roomId))}/${encodeURIComponent(subject)}`;
    const uri = `/_matrix/federation/v1/make_${input.membership}/${path}${versions.length === 0 ? "" : query}`;
    const answer = await peerRequest(context, user.seat, input.via, { method: "GET", uri });
    if (answer.status !== 200 || !isJsonObject(answer.body) || !isJsonObject(answer.body.event)) {
      context.fail(input.via, `make_${input.membership} was answered with ${answer.status}`);
    }
    if (input.id === undefined) return;
    const { event, room_version: version } = answer.body as { event: JsonObject; room_version?: string };
    context.bind(input.id, {
      kind: "template",
      room: input.room,
      via: input.via,
      membership: input.membership,
      event,
      version: version ?? "1",
    });
  },
});

export const sendMembership = defineStep({
  name: "send-membership",
  summary: "A peer completes, signs and sends a membership template (send_join, send_leave, send_knock)",
  input: Type.Object(
    {
      as,
      template: Type.String({ description: "The name that make-membership bound." }),
      id: Type.String({ description: "The name to bind the event to." }),
      mutate: Type.Optional(Mutations),
      "path-event": Type.Optional(
        Type.String({ description: "An event id to put in the path instead of the event's own." }),
      ),
      "path-room": Type.Optional(
        Type.String({ description: "A room to put in the path instead of the template's.", "refers-to": "bound" }),
      ),
      endpoint: Type.Optional(membership),
      older: Type.Optional(
        Type.Literal(true, {
          description: "Over the first version of send_join or send_leave, which newer servers lack.",
        }),
      ),
      "may-fail": Type.Optional(
        Type.Literal(true, { description: "Go on when it is refused: what matters is what comes of it." }),
      ),
      "omit-members": Type.Optional(
        Type.Literal(true, {
          description: "Says that the members of the room may be left out of the answer to a join.",
        }),
      ),
      by: Type.Optional(
        Type.String({ description: "The peer that sends it; the user's own unless said.", "refers-to": "seat" }),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: sender, template }) => `${sender} signs and sends the event of “${template}”`,
  async run(context, input) {
    const user = peerUser(context, input.as);
    const template = context.bound(input.template, "template");
    const rules = roomVersionRules(String(template.version));
    const key = user.peer.signingKey;
    const offered = template.event as unknown as Pdu;
    // Where ids are fields the joiner chooses one; a server that does not say the version is taken to mean such a one.
    const named =
      rules.eventIds === "field" ? { event_id: offered.event_id ?? `$${input.id}:${user.peer.serverName}` } : {};
    const draft: Pdu = { ...offered, ...named, origin_server_ts: context.now() };
    const names = namesOf(context);
    const unsigned = mutated(draft, input.mutate, "before-signing", names);
    const event = mutated(
      completeEvent(unsigned, rules, user.peer.serverName, key),
      input.mutate,
      "after-signing",
      names,
    );
    const eventId = eventIdOf(event, rules);
    const via = String(template.via);
    const roomId = context.roomId(input["path-room"] ?? String(template.room));
    const verb = input.endpoint ?? String(template.membership);
    const version = verb === "knock" || input.older === true ? "v1" : "v2";
    const inPath = input["path-event"] === undefined ? eventId : resolveText(input["path-event"], names);
    const path = `/_matrix/federation/${version}/send_${verb}/${encodeURIComponent(roomId)}/${encodeURIComponent(inPath)}`;
    const uri = input["omit-members"] === true ? `${path}?omit_members=true` : path;
    const pdu = event as unknown as JsonObject;
    context.bind(input.id, { kind: "event", eventId, room: String(template.room), pdu, seat: user.seat });
    const answer = await peerRequest(context, input.by ?? user.seat, via, {
      method: "PUT",
      uri,
      content: pdu,
    });
    if (answer.status !== 200 && input["may-fail"] !== true)
      context.fail(via, `send_${verb} was answered with ${answer.status}`);
  },
});

export const handIn = defineStep({
  name: "hand-in",
  summary: "A peer hands in a forged event as a join, leave or knock",
  input: Type.Object(
    {
      event: Type.String({ description: "The name of a forged event.", "refers-to": "bound" }),
      to: Type.String({ description: "The seat of the resident server.", "refers-to": "seat" }),
      endpoint: membership,
    },
    closed,
  ),
  describe: ({ event, to, endpoint }) => `“${event}” is handed in to ${to} as a ${endpoint}`,
  async run(context, input) {
    const { eventId, room, pdu, seat } = forgedEvent(context, input.event);
    const version = input.endpoint === "knock" ? "v1" : "v2";
    const path = `${encodeURIComponent(context.roomId(room))}/${encodeURIComponent(eventId)}`;
    const answer = await peerRequest(context, seat, input.to, {
      method: "PUT",
      uri: `/_matrix/federation/${version}/send_${input.endpoint}/${path}`,
      content: pdu,
    });
    if (answer.status !== 200) context.fail(input.to, `send_${input.endpoint} was answered with ${answer.status}`);
  },
});

/** A member of the cast who sits at a peer; an authoring error otherwise. */
export function peerUser(context: StepContext, name: string) {
  const user = context.user(name);
  if (user.kind !== "peer") throw new Error(`${name} sits at a target, where a user of a peer is needed`);
  return user;
}
