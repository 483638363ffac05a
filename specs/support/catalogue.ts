import { Type } from "@sinclair/typebox";
import { buildCatalogue } from "../../src/scenario/catalogue.js";
import type { Catalogue } from "../../src/scenario/model.js";

const closed = { additionalProperties: false } as const;
const text = Type.String();

/** A small catalogue for specs of the scenario language; it knows nothing of the real steps. */
export const CATALOGUE: Catalogue = buildCatalogue({
  steps: [
    {
      name: "create-room",
      summary: "A user creates a room",
      input: Type.Object(
        {
          as: text,
          id: text,
          version: Type.Optional(Type.String({ pattern: "^[0-9]+$" })),
          preset: Type.Optional(Type.Union([Type.Literal("public"), Type.Literal("private")])),
          powers: Type.Optional(Type.Object({}, { additionalProperties: true })),
        },
        closed,
      ),
      binds: ["id"],
    },
    {
      name: "join",
      summary: "A user joins a room",
      input: Type.Object({ as: text, room: text, via: Type.Optional(text), note: Type.Optional(text) }, closed),
    },
    {
      name: "forge",
      summary: "A peer writes events",
      input: Type.Object(
        {
          room: text,
          events: Type.Record(text, Type.Object({ by: text, prev: Type.Optional(Type.Array(text)) }, closed)),
        },
        closed,
      ),
      binds: ["events"],
    },
    {
      name: "deliver",
      summary: "A peer sends events",
      input: Type.Object(
        { to: text, events: Type.Array(text), orders: Type.Optional(Type.Literal("all-topological")) },
        closed,
      ),
    },
    {
      name: "send-messages",
      summary: "A user sends several messages",
      input: Type.Object({ as: text, prefix: text, count: Type.Integer({ minimum: 1 }) }, closed),
      binds: ["prefix"],
    },
    {
      name: "behave",
      summary: "A peer begins to deviate",
      input: Type.Object(
        {
          peer: text,
          as: Type.String({ "refers-to": "behaviour" }),
          with: Type.Optional(Type.Object({}, { additionalProperties: true })),
        },
        closed,
      ),
    },
    {
      name: "ask",
      summary: "Asks anything of anyone",
      input: Type.Object(
        { whom: Type.String({ "refers-to": "seat" }), room: Type.Optional(Type.String({ "refers-to": "nothing" })) },
        closed,
      ),
    },
  ],
  checks: [
    {
      name: "refused",
      summary: "The request was refused",
      input: Type.Object({ status: Type.Integer(), errcode: Type.Optional(text) }, closed),
    },
    {
      name: "client-sees",
      summary: "A user sees an event",
      input: Type.Object({ as: text, event: Type.Optional(text) }, closed),
    },
  ],
  behaviours: [
    { name: "silent", summary: "Never answers", input: Type.Object({ endpoint: text }, closed) },
    { name: "stale-keys", summary: "Publishes keys of yesterday", input: Type.Object({}, closed) },
  ],
  endpointGroups: ["join", "leave", "media"],
  defects: ["grants-everything", "forgets-events"],
  requirements: new Map([
    ["FED-JOIN-001", { level: "must" }],
    ["FED-JOIN-002", { level: "should" }],
    ["FED-JOIN-003", { level: "may" }],
  ]),
});

/** A scenario without fault, to be broken by specs. */
export const SCENARIO = `id: joining/refused
title: Strangers are turned away
purpose: >
  A closed room stays closed.
covers: [FED-JOIN-001]
matrix: { room_version: ["10", "11"] }
seats:
  owner: { kind: target }
  guest: { kind: peer, allows: [join], behaviours: [{ name: silent, endpoint: state }] }
cast: { olivia: { at: owner }, june: { at: guest } }
given:
  - { do: create-room, as: olivia, id: hall, version: "\${room_version}", preset: private }
steps:
  - id: outsider
    title: June is turned away
    do: join
    as: june
    room: hall
    via: owner
    expect:
      - { check: refused, status: 403, must: FED-JOIN-001, of: owner }
detects: [grants-everything]
`;
