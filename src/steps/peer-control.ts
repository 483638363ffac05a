import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../matrix/json.js";
import { defineStep } from "./define.js";
import { resolveNames } from "./names.js";
import { namesOf } from "./names-of.js";

const closed = { additionalProperties: false } as const;
const peer = Type.String({ description: "The peer's seat." });

export const behave = defineStep({
  name: "behave",
  summary: "A peer begins to deviate as named",
  input: Type.Object(
    {
      peer,
      as: Type.String({ description: "The behaviour's name." }),
      with: Type.Optional(Type.Object({}, { additionalProperties: true })),
    },
    closed,
  ),
  describe: ({ peer: who, as }) => `${who} begins to deviate: ${as}`,
  async run(context, input) {
    context.peer(input.peer).behave(input.as, resolveNames((input.with ?? {}) as JsonObject, namesOf(context)));
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

export const mend = defineStep({
  name: "heal",
  summary: "The path between two servers is mended",
  input: Type.Object({ between }, closed),
  describe: ({ between: [a, b] }) => `${a} and ${b} are in contact again`,
  async run(context, { between: [a = "", b = ""] }) {
    context.lab.heal(context.serverName(a), context.serverName(b));
  },
});
