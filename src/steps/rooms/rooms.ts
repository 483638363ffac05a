import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { ask, askFor, encode, refusalOf, textMember } from "../asking/client-calls.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { Mutations } from "../forging/mutations.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { peerActs } from "../peers/peer-acts.js";
import { forgeryOf, powersOf } from "./room-options.js";

const who = Type.String({ description: "A member of the cast." });
const room = Type.String({ description: "The name that a room was bound to." });
const object = Type.Record(Type.String(), Type.Unknown());
const closed = { additionalProperties: false } as const;
const tolerant = Type.Optional(
  Type.Literal(true, { description: "Go on when the user's server refuses: what matters is what it does." }),
);
const through = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
  description: "The seat to enter through, or several in the order of trying.",
});

const initial = Type.Array(
  Type.Object({ type: Type.String(), key: Type.Optional(Type.String()), content: object }, closed),
  { description: "State events that the room starts with." },
);

export const createRoom = defineStep({
  name: "create-room",
  summary: "A user creates a room on their own server",
  input: Type.Object(
    {
      as: who,
      id: Type.String({ description: "The name to bind the room to." }),
      version: Type.Optional(Type.String({ description: "Room version; the instance's own when left out." })),
      preset: Type.Optional(
        Type.Union([Type.Literal("public_chat"), Type.Literal("private_chat"), Type.Literal("trusted_private_chat")]),
      ),
      name: Type.Optional(Type.String()),
      alias: Type.Optional(Type.String({ description: "Localpart of an alias; the instance's token is added." })),
      powers: Type.Optional(
        Type.Object({}, { description: "Overrides of the power levels.", additionalProperties: true }),
      ),
      initial: Type.Optional(initial),
      creation: Type.Optional(Type.Object({}, { additionalProperties: true })),
      levels: Type.Optional(
        Type.Record(Type.String(), Type.Integer(), {
          description: "Power levels of members of the cast, beside the creator's own.",
        }),
      ),
      "mutate-create": Type.Optional(Mutations),
      without: Type.Optional(
        Type.Array(Type.String(), { description: "Types of first events that a peer leaves out.", minItems: 1 }),
      ),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as, id }) => `${as} creates the room “${id}”`,
  async run(context, input) {
    const version = input.version ?? context.instance.roomVersion;
    const user = context.user(input.as);
    const initialState = (input.initial ?? []).map(({ type, key, content }) => ({
      type,
      stateKey: resolveText(key ?? "", namesOf(context)),
      content: resolveNames(content as JsonObject, namesOf(context)),
    }));
    const powers = powersOf(context, input, user.userId, version);
    const named = input.name === undefined ? {} : { name: resolveText(input.name, namesOf(context)) };
    if (user.kind === "peer") {
      const forgery = forgeryOf(context, input);
      await peerActs(context, user.seat, async () => {
        const made = await user.peer.homeserver.context.rooms.create({
          creator: user.userId,
          ...(version === undefined ? {} : { roomVersion: version }),
          preset: input.preset ?? "public_chat",
          initialState,
          powerLevels: powers,
          creationContent: resolveNames((input.creation ?? {}) as JsonObject, namesOf(context)),
          ...named,
          ...(forgery === undefined ? {} : { forgery }),
        });
        context.bind(input.id, { kind: "room", roomId: made.roomId, version: made.rules.id });
      });
      return;
    }
    if (forgeryOf(context, input) !== undefined) throw new Error(`${input.as} sits at a target, which forges no rooms`);
    const body = await askFor(context, input.as, "POST", "/createRoom", {
      preset: input.preset ?? "public_chat",
      ...(version === undefined ? {} : { room_version: version }),
      ...named,
      ...(input.alias === undefined ? {} : { room_alias_name: `${input.alias}-${context.instance.token}` }),
      ...(Object.keys(powers).length === 0 ? {} : { power_level_content_override: powers }),
      ...(input.creation === undefined
        ? {}
        : { creation_content: resolveNames(input.creation as JsonObject, namesOf(context)) }),
      initial_state: initialState.map(({ type, stateKey, content }) => ({ type, state_key: stateKey, content })),
    });
    context.bind(input.id, {
      kind: "room",
      roomId: textMember(context, input.as, body, "room_id"),
      version: version ?? "",
      ...(input.alias === undefined
        ? {}
        : { alias: `#${input.alias}-${context.instance.token}:${context.serverName(user.seat)}` }),
    });
  },
});

export const join = defineStep({
  name: "join",
  summary: "A user joins a room, through another server where needed",
  input: Type.Object({ as: who, room, via: Type.Optional(through), "may-fail": tolerant }, closed),
  describe: ({ as, room: into, via }) => `${as} joins “${into}”${throughWords(via)}`,
  run: (context, input) => enter(context, input, "join"),
});

export const knock = defineStep({
  name: "knock",
  summary: "A user asks to be let into a room, through another server where needed",
  input: Type.Object({ as: who, room, via: Type.Optional(through), "may-fail": tolerant }, closed),
  describe: ({ as, room: into, via }) => `${as} knocks on “${into}”${throughWords(via)}`,
  run: (context, input) => enter(context, input, "knock"),
});

interface Entering {
  readonly as: string;
  readonly room: string;
  readonly via?: string | string[];
  readonly "may-fail"?: true;
}

async function enter(context: StepContext, input: Entering, act: "join" | "knock"): Promise<void> {
  const user = context.user(input.as);
  const roomId = context.roomId(input.room);
  const seats = seatsOf(input.via);
  const via = seats.map((seat) => context.serverName(seat));
  if (user.kind === "peer") {
    const { rooms } = user.peer.homeserver.context;
    await peerActs(context, seats[0] ?? user.seat, async () => {
      await rooms[act](user.userId, roomId, via);
    });
    return;
  }
  const servers = via.map((name) => `server_name=${encode(name)}&via=${encode(name)}`).join("&");
  const path = `/${act}/${encode(roomId)}${servers === "" ? "" : `?${servers}`}`;
  const answer = await ask(context, input.as, "POST", path, {});
  if (answer.status >= 300 && input["may-fail"] !== true) {
    context.fail(user.seat, refusalOf("POST", path, answer));
  }
}

function seatsOf(via: string | string[] | undefined): readonly string[] {
  return via === undefined ? [] : [via].flat();
}

function throughWords(via: string | string[] | undefined): string {
  return via === undefined ? "" : ` through ${seatsOf(via).join(", then ")}`;
}

export const leave = defineStep({
  name: "leave",
  summary: "A user leaves a room, or turns an invitation down",
  input: Type.Object({ as: who, room }, closed),
  describe: ({ as, room: left }) => `${as} leaves “${left}”`,
  run: (context, input) => memberAct(context, input.as, input.room, "leave"),
});

export const invite = defineStep({
  name: "invite",
  summary: "A user invites another user",
  input: Type.Object({ as: who, who, to: room, "may-fail": tolerant }, closed),
  describe: ({ as, who: guest, to }) => `${as} invites ${guest} to “${to}”`,
  run: (context, input) => memberAct(context, input.as, input.to, "invite", input.who, input["may-fail"]),
});

const removal = Type.Object({ as: who, who, from: room }, closed);

export const kick = defineStep({
  name: "kick",
  summary: "A user removes another from a room",
  input: removal,
  describe: ({ as, who: target, from }) => `${as} removes ${target} from “${from}”`,
  run: (context, input) => memberAct(context, input.as, input.from, "kick", input.who),
});

export const ban = defineStep({
  name: "ban",
  summary: "A user bans another from a room",
  input: removal,
  describe: ({ as, who: target, from }) => `${as} bans ${target} from “${from}”`,
  run: (context, input) => memberAct(context, input.as, input.from, "ban", input.who),
});

type MemberAct = "leave" | "invite" | "kick" | "ban";
const MEMBERSHIP = { leave: "leave", kick: "leave", ban: "ban", invite: "invite" } as const;

async function memberAct(
  context: StepContext,
  as: string,
  roomName: string,
  act: MemberAct,
  whom?: string,
  mayFail?: true,
): Promise<void> {
  const user = context.user(as);
  const roomId = context.roomId(roomName);
  const target = whom === undefined ? user.userId : context.user(whom).userId;
  if (user.kind === "client") {
    const body = whom === undefined ? {} : { user_id: target };
    const answer = await ask(context, as, "POST", `/rooms/${encode(roomId)}/${act}`, body);
    if (answer.status >= 300 && mayFail !== true) {
      context.fail(user.seat, refusalOf("POST", `/rooms/…/${act}`, answer));
    }
    return;
  }
  const { rooms } = user.peer.homeserver.context;
  await peerActs(context, whom === undefined ? user.seat : context.seatOf(whom), async () => {
    if (act === "leave") await rooms.leave(user.userId, roomId);
    else if (act === "invite") await rooms.invite(user.userId, roomId, target);
    else {
      const content = { membership: MEMBERSHIP[act] };
      await rooms.send(roomId, { type: "m.room.member", sender: user.userId, stateKey: target, content });
    }
  });
}
