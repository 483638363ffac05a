import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { defineStep } from "../define.js";
import { resolveNames } from "../names.js";
import { namesOf } from "../names-of.js";

const closed = { additionalProperties: false } as const;
const peer = Type.String({ description: "The peer's seat." });

export const behave = defineStep({
  name: "behave",
  summary: "A peer begins to deviate as named",
  input: Type.Object(
    {
      peer,
      as: Type.String({ description: "The behaviour's name.", "refers-to": "behaviour" }),
      with: Type.Optional(Type.Object({}, { additionalProperties: true })),
      times: Type.Optional(Type.Integer({ minimum: 1, description: "On so many requests; on all unless said." })),
    },
    closed,
  ),
  describe: ({ peer: who, as, times }) => `${who} begins to deviate${times === undefined ? "" : ` (${times}×)`}: ${as}`,
  async run(context, input) {
    const settings = resolveNames((input.with ?? {}) as JsonObject, namesOf(context));
    context.peer(input.peer).behave(input.as, settings, input.times);
  },
});

export const behaveWell = defineStep({
  name: "behave-well",
  summary: "A peer ends its deviations",
  input: Type.Object({ peer }, closed),
  describe: ({ peer: who }) => `${who} is honest again`,
  async run(context, input) {
    context.peer(input.peer).behaveWell();
  },
});

const MINUTE_MS = 60_000;
const SEED_BYTES = 32;

export const rotateKey = defineStep({
  name: "rotate-key",
  summary: "A peer replaces its signing key by a fresh one; the old one is listed among its retired keys",
  input: Type.Object(
    {
      peer,
      "minutes-ago": Type.Optional(
        Type.Integer({ minimum: 0, description: "When the old key expired: at this moment unless said." }),
      ),
    },
    closed,
  ),
  describe: ({ peer: who }) => `${who} replaces its signing key`,
  async run(context, input) {
    const expiredTs = context.now() - (input["minutes-ago"] ?? 0) * MINUTE_MS;
    context.peer(input.peer).rotateKey(context.random(SEED_BYTES), expiredTs);
  },
});

const between = Type.Array(Type.String(), { minItems: 2, maxItems: 2, description: "Two seats." });

export const cut = defineStep({
  name: "partition",
  summary: "The path between two servers is cut, both ways",
  input: Type.Object({ between }, closed),
  describe: ({ between: [a, b] }) => `${a} and ${b} lose contact`,
  async run(context, { between: [a = "", b = ""] }) {
    context.lab.partition(context.serverName(a), context.serverName(b));
  },
});

export const requestLost = defineStep({
  name: "await-loss",
  summary: "Waits until a request of one server to another was lost on the path cut between them",
  input: Type.Object(
    {
      from: Type.String({ description: "The seat of the server that tries.", "refers-to": "seat" }),
      to: Type.String({ description: "The seat of the server that it cannot reach.", "refers-to": "seat" }),
    },
    closed,
  ),
  describe: ({ from, to }) => `${from} tries in vain to reach ${to}`,
  run: (context, { from, to }) => context.lab.lost(context.serverName(from), context.serverName(to), context.signal),
});

export const mend = defineStep({
  name: "heal",
  summary: "The path between two servers is mended",
  input: Type.Object({ between }, closed),
  describe: ({ between: [a, b] }) => `${a} and ${b} are in contact again`,
  async run(context, { between: [a = "", b = ""] }) {
    context.lab.heal(context.serverName(a), context.serverName(b));
  },
});
