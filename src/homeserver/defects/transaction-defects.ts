import type { Defect } from "./defect.js";

/** Faults in sending and receiving transactions. */
export const TRANSACTION_DEFECTS: readonly Defect[] = [
  {
    name: "reprocesses-transactions",
    summary: "A repeated transaction takes effect again",
    requirement: "FED-TXN-013",
  },
  {
    name: "refuses-repeated-transactions",
    summary: "A repeated transaction is refused",
    requirement: "FED-TXN-013",
  },
  {
    name: "one-bad-pdu-poisons-transaction",
    summary: "One bad event makes the whole transaction fail",
    requirement: "FED-TXN-009",
  },
  {
    name: "stops-at-bad-pdu",
    summary: "What follows a bad event in a transaction is ignored",
    requirement: "FED-TXN-010",
    alsoBreaks: [
      {
        scenarios: [
          "authorisation/*",
          "knocking/*",
          "membership/*",
          "restricted-joins/*",
          "room-version-12/*",
          "state-resolution/*",
          "third-party-invites/*",
        ],
        because: "what they send together holds events that are to be refused",
      },
    ],
  },
  {
    name: "omits-pdu-results",
    summary: "A transaction is answered without a word on each event",
    requirement: "FED-TXN-008",
  },
  {
    name: "unknown-room-fails-transaction",
    summary: "An event of a room that the server does not know makes the whole transaction fail",
    requirement: "FED-TXN-018",
  },
  {
    name: "refuses-empty-transactions",
    summary: "Transactions without events are refused",
    requirement: "FED-TXN-019",
    alsoBreaks: [
      {
        scenarios: ["authentication/signed-for-another-method", "devices/meeting-and-parting"],
        because: "they send transactions without events, too",
      },
      { scenarios: ["api/content-type-optional"], because: "its request is an empty transaction" },
    ],
  },
  {
    name: "mixes-transaction-ids-of-servers",
    summary: "A transaction is taken for a repetition when another server used the same id",
    requirement: "FED-TXN-014",
  },
  {
    name: "sends-to-servers-outside-the-room",
    summary: "Events are sent to every server that shares any room",
    requirement: "FED-TXN-017",
  },
  {
    name: "sends-newest-first",
    summary: "The events of a transaction are sent in reverse order",
    requirement: "FED-TXN-020",
  },
  { name: "accepts-51-pdus", summary: "Transactions may hold any number of events", requirement: "FED-TXN-004" },
  {
    name: "accepts-101-edus",
    summary: "Transactions may hold any number of ephemeral messages",
    requirement: "FED-TXN-004",
  },
  {
    name: "trusts-transaction-origin",
    summary: "A transaction may claim another origin than the server that signed the request",
    requirement: "FED-AUTH-026",
  },
  {
    name: "sends-oversized-transactions",
    summary: "Transactions with more than fifty events are sent",
    requirement: "FED-TXN-002",
  },
  {
    name: "sends-to-those-who-left",
    summary: "Events go on being sent to servers whose last user has left",
    requirement: "FED-TXN-023",
  },
  {
    name: "sends-too-many-edus",
    summary: "Transactions with more than a hundred ephemeral messages are sent",
    requirement: "FED-TXN-003",
  },
  {
    name: "never-retries-transactions",
    summary: "A transaction that was not acknowledged is given up",
    requirement: "FED-TXN-015",
    alsoBreaks: [
      { scenarios: ["devices/messages-after-an-outage"], because: "what was lost in the outage never comes" },
    ],
  },
  {
    name: "retries-under-new-transaction-id",
    summary: "A repeated transaction gets a new id",
    requirement: "FED-TXN-012",
  },
];
