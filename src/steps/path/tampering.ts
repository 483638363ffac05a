import { type Static, Type } from "@sinclair/typebox";
import type { Act, Change } from "../../lab/altering/rule.js";
import type { JsonObject, JsonValue } from "../../matrix/json.js";
import type { StepContext } from "../context.js";
import { defineStep } from "../define.js";
import { resolveNames, resolveText } from "../names.js";
import { namesOf } from "../names-of.js";
import { Passing, placeMeant, pointerMeant, requestsMeant } from "./passing.js";

const closed = { additionalProperties: false } as const;

const Changes = Type.Array(
  Type.Object(
    {
      within: Passing.within,
      where: Passing.where,
      at: Type.Optional(
        Type.String({
          pattern: "^/",
          description: "From there on; the selected place itself unless said. `*` as above.",
        }),
      ),
      set: Type.Optional(Type.Unknown({ description: "The new value; the value is taken out when absent." })),
    },
    closed,
  ),
  { minItems: 1 },
);

export const alter = defineStep({
  name: "alter",
  summary: "From now on what one server asks another, or what it is answered, is changed on the way",
  input: Type.Object(
    {
      ...Passing.request,
      request: Type.Optional(Changes),
      response: Type.Optional(Changes),
      target: Type.Optional(
        Type.Object(
          { replace: Type.String({ minLength: 1 }), by: Type.String() },
          { ...closed, description: "A text of the request target, and what stands there instead." },
        ),
      ),
      "without-header": Type.Optional(Type.String({ description: "A header of the request that is taken off." })),
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ id, from, to, endpoint, response }) =>
    `on the way, ${response === undefined ? `${from}'s` : `${to}'s answer to ${from}'s`} ${wordsOf(endpoint)} is altered: ${id}`,
  async run(context, input) {
    const names = namesOf(context);
    if (input.response !== undefined) {
      return setRule(context, input, { kind: "rewrite-response", changes: changesOf(context, input.response) });
    }
    const { target } = input;
    setRule(context, input, {
      kind: "rewrite-request",
      changes: changesOf(context, input.request ?? []),
      ...(target && { target: { replace: resolveText(target.replace, names), by: resolveText(target.by, names) } }),
      ...(input["without-header"] === undefined ? {} : { withoutHeader: input["without-header"] }),
    });
  },
});

const told = Type.Optional(
  Type.Object(
    { status: Type.Integer({ minimum: 200, maximum: 599 }), body: Type.Object({}, { additionalProperties: true }) },
    { ...closed, description: "What the sender is answered instead; its connection is cut unless said." },
  ),
);

export const lose = defineStep({
  name: "lose",
  summary: "From now on requests of one server to another, or the answers to them, are lost on the way",
  input: Type.Object(
    {
      ...Passing.request,
      what: Type.Union([Type.Literal("request"), Type.Literal("answer")], {
        description: "`request`: it never arrives. `answer`: the request arrives, and its sender does not hear so.",
      }),
      told,
    },
    closed,
  ),
  binds: ["id"],
  describe: ({ from, to, endpoint, what }) =>
    what === "request"
      ? `${from}'s ${wordsOf(endpoint)} is lost before it reaches ${to}`
      : `${to}'s answer to ${from}'s ${wordsOf(endpoint)} is lost`,
  async run(context, input) {
    const kind = input.what === "request" ? "lose-request" : "lose-response";
    const standIn = input.told && { status: input.told.status, body: input.told.body as JsonObject };
    setRule(context, input, standIn ? { kind, standIn } : { kind });
  },
});

export const holdBack = defineStep({
  name: "hold-back",
  summary: "From now on transactions of one server to another are acknowledged on the way, and wait for their release",
  input: Type.Object(Passing.transaction, closed),
  binds: ["id"],
  describe: ({ from, to }) => `what ${from} sends to ${to} is held back`,
  async run(context, input) {
    const standIn = { status: 200, body: { pdus: {} } };
    setRule(context, { ...input, endpoint: "send" }, { kind: "hold-back", standIn });
  },
});

const rule = Type.String({ description: "The name of what alters.", "refers-to": "bound" });

export const release = defineStep({
  name: "release",
  summary: "What was held back on the way is sent on, one after the other",
  input: Type.Object(
    {
      rule,
      order: Type.Optional(Type.Union([Type.Literal("as-sent"), Type.Literal("reversed")])),
    },
    closed,
  ),
  describe: ({ rule: which, order }) =>
    `what “${which}” held back is sent on${order === "reversed" ? ", the newest first" : ""}`,
  async run(context, input) {
    const exchanges = await context.lab.release(ruleId(context, input.rule), input.order ?? "as-sent", context.signal);
    for (const exchange of exchanges) context.observe("response", { exchange });
  },
});

export const awaitAlteration = defineStep({
  name: "await-alteration",
  summary:
    "Waits until something was altered, lost or held back as a rule says; the answer that a server gave to it is at hand",
  input: Type.Object(
    { rule, times: Type.Optional(Type.Integer({ minimum: 1, description: "Once unless said." })) },
    closed,
  ),
  describe: ({ rule: which, times }) => `“${which}” takes effect${times === undefined ? "" : ` ${times}×`}`,
  async run(context, input) {
    const exchanges = await context.lab.altered(ruleId(context, input.rule), input.times ?? 1, context.signal);
    const exchange = exchanges.at(-1);
    if (exchange !== undefined) context.observe("response", { exchange });
  },
});

export const stopAltering = defineStep({
  name: "stop-altering",
  summary: "Nothing is altered on the way any more, or not what one rule says",
  input: Type.Object({ rule: Type.Optional(rule) }, closed),
  describe: ({ rule: which }) => (which === undefined ? "nothing is altered on the way any more" : `“${which}” ends`),
  async run(context, input) {
    context.lab.stopAltering(input.rule === undefined ? `${context.instance.token}/` : ruleId(context, input.rule));
  },
});

type Written = Static<typeof Passing.Request>;

/** Puts a rule in force and binds its name. */
export function setRule(context: StepContext, input: Written, act: Act): void {
  const { id: name, from, to, times } = input;
  // The mark at the end keeps one name from being the beginning of another.
  const id = `${context.instance.token}/${name}/`;
  context.bind(name, { kind: "alteration", value: id });
  context.lab.alter({
    ...{ id, name, from: context.serverName(from), to: context.serverName(to), act },
    ...requestsMeant(context, input),
    ...(times === undefined ? {} : { times }),
  });
}

function wordsOf(endpoint: Written["endpoint"]): string {
  return typeof endpoint === "string" ? endpoint : endpoint.join(" or ");
}

function ruleId(context: StepContext, name: string): string {
  return String(context.bound(name, "alteration").value);
}

function changesOf(context: StepContext, written: Static<typeof Changes>): Change[] {
  return written.map(({ at, set, ...place }) => ({
    ...placeMeant(context, place),
    ...(at === undefined ? {} : { at: pointerMeant(context, at) }),
    ...(set === undefined ? {} : { set: resolveNames(set as JsonValue, namesOf(context)) }),
  }));
}
