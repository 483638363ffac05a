import { Type } from "@sinclair/typebox";
import { parseServerName } from "../matrix/identifiers.js";
import { defineStep } from "./define.js";

const closed = { additionalProperties: false } as const;

const MINUTE_MS = 60_000;

export const noteTime = defineStep({
  name: "note-time",
  summary: "A moment is named, so that requests can refer to it in milliseconds since 1970",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the moment to." }),
      "minutes-ahead": Type.Integer({ description: "Counted from now; negative for the past." }),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, "minutes-ahead": ahead }) => `“${id}” is ${ahead} minutes from now`,
  async run(context, input) {
    context.bind(input.id, { kind: "time", value: String(context.now() + input["minutes-ahead"] * MINUTE_MS) });
  },
});

export const noteCapitals = defineStep({
  name: "note-capitals",
  summary: "The name of a server in capital letters is named: another server's name, where any has it",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the name to." }),
      server: Type.String({ description: "The server's seat.", "refers-to": "seat" }),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, server }) => `“${id}” is the name of ${server} in capital letters`,
  async run(context, input) {
    context.bind(input.id, { kind: "name", value: context.serverName(input.server).toUpperCase() });
  },
});

export const noteHost = defineStep({
  name: "note-host",
  summary: "The host of a server is named, without the port: what access lists of rooms are matched against",
  input: Type.Object(
    {
      id: Type.String({ description: "The name to bind the host to." }),
      server: Type.String({ description: "The server's seat.", "refers-to": "seat" }),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, server }) => `“${id}” is the host of ${server}`,
  async run(context, input) {
    const name = context.serverName(input.server);
    context.bind(input.id, { kind: "host", value: parseServerName(name)?.host ?? name });
  },
});
