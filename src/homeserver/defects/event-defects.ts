import type { Defect } from "./defect.js";
import { FORM_DEFECTS } from "./form-defects.js";
import { HISTORY_DEFECTS } from "./history-defects.js";
import { NAME_DEFECTS } from "./name-defects.js";
import { REJECTION_DEFECTS } from "./rejection-defects.js";

/** Faults in making events and in the checks on receipt. */
export const EVENT_DEFECTS: readonly Defect[] = [
  ...FORM_DEFECTS,
  ...NAME_DEFECTS,
  ...REJECTION_DEFECTS,
  ...HISTORY_DEFECTS,
  {
    name: "skips-event-format-check",
    summary: "Events that do not fit the format of their room version are taken in",
    requirement: "FED-PDU-001",
    alsoBreaks: [
      { scenarios: ["events/largest-events"], because: "the limits of size belong to an event's form" },
      {
        scenarios: ["inviting/proof-of-the-room", "transactions/one-bad-event"],
        because: "they send malformed events as well",
      },
    ],
  },
  {
    name: "skips-event-signature-check",
    summary: "Events are taken in without looking at their signatures",
    requirement: "FED-PDU-003",
    alsoBreaks: [
      {
        scenarios: [
          "inviting/malformed-invites",
          "inviting/proof-of-the-room",
          "keys/*",
          "knocking/*",
          "restricted-joins/*",
        ],
        because: "events without the signature that they need are sent there as well",
      },
    ],
  },
  {
    name: "keeps-content-on-hash-mismatch",
    summary: "Content that does not fit its hash is shown as if it did",
    requirement: "FED-PDU-004",
  },
  {
    name: "drops-instead-of-redacts",
    summary: "Events with a wrong content hash are thrown away instead of being redacted",
    requirement: "FED-PDU-004",
    alsoBreaks: [
      { scenarios: ["history/who-may-read-back"], because: "one of its events is to be read without its content" },
    ],
  },
  {
    name: "skips-auth-rules",
    summary: "Every well-formed event is accepted, whoever sent it",
    requirement: "FED-PDU-006",
    alsoBreaks: [
      {
        scenarios: [
          "authorisation/*",
          "knocking/*",
          "membership/*",
          "rejection/*",
          "restricted-joins/*",
          "room-version-12/*",
        ],
        because: "each of their rules is one that this server has forgotten",
      },
      { scenarios: ["joining/not-allowed"], because: "its own joins are against the rules" },
    ],
  },
  {
    name: "skips-auth-events-check",
    summary: "The list of events that authorise an event may hold anything",
    requirement: "FED-AR-010",
    alsoBreaks: [
      { scenarios: ["state-resolution/without-any-rules"], because: "what is overruled there proves too little" },
    ],
  },
  {
    name: "skips-soft-failure",
    summary: "Events that the current state forbids are shown when they cite an older state",
    requirement: "FED-PDU-007",
    alsoBreaks: [{ scenarios: ["rejection/building-on-the-hidden"], because: "it builds on what is to be hidden" }],
  },
  {
    name: "ignores-power-levels",
    summary: "Everybody in a room may do everything",
    requirement: "FED-AR-060",
    alsoBreaks: [
      {
        scenarios: ["authorisation/*", "membership/*", "upgrades/refused"],
        because: "powerless people try things there, and are let do them",
      },
    ],
  },
  { name: "ignores-ban", summary: "Banned users are treated as if they had only left", requirement: "FED-AR-022" },
  {
    name: "no-join-rule-check",
    summary: "Every room can be entered as if it were public",
    requirement: "FED-AR-030",
    alsoBreaks: [
      {
        scenarios: ["knocking/*", "membership/*", "restricted-joins/*"],
        because: "uninvited people try to enter there, and are let in",
      },
    ],
  },
  {
    name: "wrong-content-hash",
    summary: "Events carry a content hash that is not theirs",
    requirement: "FED-SIGN-001",
    alsoBreaks: [
      {
        scenarios: [
          "attacks/ghost-on-the-line",
          "encryption/*",
          "joining/join-a-target",
          "state-resolution/partition-and-healing",
          "state-resolution/partition-of-three",
        ],
        because: "others strip each event of this server of what it says",
      },
    ],
  },
  {
    name: "signs-unredacted-event",
    summary: "Events are signed whole instead of in their redacted form",
    requirement: "FED-SIGN-003",
    alsoBreaks: [
      {
        scenarios: [
          "authorisation/*",
          "history/*",
          "inviting/*",
          "joining/*",
          "messages/both-ways",
          "policy-servers/asked-before-sending",
          "queries/alias-across-servers",
          "redactions/own-removals-in-newer-rooms",
          "room-version-12/*",
          "server-discovery/room-of-a-delegate",
          "upgrades/to-the-newest-version",
        ],
        because: "no event of this server can be verified: nobody takes its joins, its rooms or its messages",
      },
    ],
  },
  {
    name: "prev-events-only-one",
    summary: "New events follow only one of the newest events",
    requirement: "FED-PDU-013",
  },
  { name: "wrong-depth", summary: "New events do not count how deep in the room they are", requirement: "FED-PDU-014" },
  {
    name: "auth-events-missing-power-levels",
    summary: "New events do not cite the power levels",
    requirement: "FED-PDU-016",
    alsoBreaks: [
      {
        scenarios: ["state-resolution/partition-of-three", "state-resolution/partition-rules-and-rules"],
        because: "their other servers cannot tell why this server's events are lawful",
      },
    ],
  },
  {
    name: "v12-create-in-auth-events",
    summary: "New events cite the create event where the room id already names it",
    requirement: "FED-PDU-017",
    alsoBreaks: [
      {
        scenarios: [
          "events/*",
          "joining/*",
          "messages/both-ways",
          "queries/alias-across-servers",
          "room-version-12/*",
          "third-party-invites/*",
          "upgrades/*",
        ],
        because: "others reject each event of this server in rooms of version 12, which nearly every story has",
      },
    ],
  },
  {
    name: "lists-create-room-id",
    summary: "Create events carry a room id where it follows from the event itself",
    requirement: "FED-RV12-002",
    alsoBreaks: [
      {
        scenarios: ["messages/both-ways", "queries/alias-across-servers", "room-version-12/made-by-a-server"],
        because: "others reject the first event of this server's rooms of version 12, and with it the room",
      },
    ],
  },
  { name: "ignores-redactions", summary: "Redactions have no effect", requirement: "FED-RED-021" },
  {
    name: "strips-too-much",
    summary: "Redacting an event also takes away what its room version keeps",
    requirement: "FED-RED-017",
    alsoBreaks: [
      { scenarios: ["room-version-12/creators-above-all"], because: "a room's first event is redacted there, too" },
    ],
  },
  { name: "applies-any-redaction", summary: "Redactions take effect whoever sent them", requirement: "FED-RED-026" },
  {
    name: "shows-any-redaction",
    summary: "Redactions are shown before they are known to be right",
    requirement: "FED-RED-024",
  },
  {
    name: "keeps-unknown-members",
    summary: "What a removal does not know about an event stays in it",
    requirement: "FED-RED-003",
  },
  {
    name: "removes-by-level-alone-in-old-rooms",
    summary:
      "In rooms of versions 1 and 2 what was let in as a removal is not carried out for its author without the level to remove",
    requirement: "FED-RED-019",
  },
  {
    name: "strips-first-events-in-the-newest-rooms",
    summary: "In rooms of version 12 a removal takes the content of the room's first event",
    requirement: "FED-RV12-019",
  },
];
