import { Type } from "@sinclair/typebox";
import type { JsonObject } from "../../matrix/json.js";
import { defineStep } from "../define.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { allVouched, Vouchers } from "../peers/identity-keys.js";
import { ask, observeResponse } from "./client-calls.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });
const path = Type.String({
  description: "What follows `/_matrix/client/v3`; `${name}` is replaced and percent-encoded.",
  pattern: "^/",
});
const api = Type.Optional(Type.Literal("v1", { description: "The path follows `/_matrix/client/v1` instead." }));

/** What every question of a user's client to its own server says. */
export const question = { as, path, api };

export const askServer = defineStep({
  name: "ask-server",
  summary: "A user's client sends one request to its own server, whatever the answer",
  input: Type.Object(
    {
      ...question,
      method: Type.Optional(Type.String({ description: "GET unless said." })),
      body: Type.Optional(Type.Object({}, { additionalProperties: true })),
      vouched: Type.Optional(Vouchers),
      id: Type.Optional(Type.String({ description: "The name to bind a member of the answer to." })),
      member: Type.Optional(Type.String({ description: "That member: text or a number." })),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ as: who, method, path }) => `${who} asks the own server: ${method ?? "GET"} ${path}`,
  async run(context, input) {
    const names = namesOf(context);
    const path = resolveText(input.path, names, encodeURIComponent);
    const body = input.body === undefined ? undefined : resolveNames(input.body as JsonObject, names);
    const sent = body === undefined ? undefined : allVouched(context, body, input.vouched);
    const answer = await ask(context, input.as, input.method ?? "GET", path, sent, input.api);
    if (input.id === undefined || input.member === undefined) return;
    const value = answer.body[input.member];
    if (typeof value !== "string" && typeof value !== "number") {
      return context.fail(context.seatOf(input.as), `the answer has no member ${input.member}`);
    }
    context.bind(input.id, { kind: "text", value: String(value) });
  },
});

export const syncAfresh = defineStep({
  name: "sync-afresh",
  summary: "A user's client syncs once from the beginning, as if it knew nothing",
  input: Type.Object({ as }, closed),
  describe: ({ as: who }) => `${who}'s client syncs from the beginning`,
  async run(context, input) {
    // Each with a filter of its own: servers may give the same answer to the same request.
    const filter = { presence: { limit: 1 + (Buffer.from(context.random(3)).readUIntBE(0, 3) % 1_000_000) } };
    const { body, exchangeId } = await context.client(input.as).sync({ filter, signal: context.signal });
    observeResponse(context, { status: 200, body, exchange: exchangeId });
  },
});

export const syncOnce = defineStep({
  name: "sync-on",
  summary: "A user's client syncs from where it is, so that what follows is news to it",
  input: Type.Object({ as }, closed),
  describe: ({ as: who }) => `${who}'s client syncs`,
  async run(context, input) {
    const client = context.client(input.as);
    await client.syncNext(context.signal);
  },
});
