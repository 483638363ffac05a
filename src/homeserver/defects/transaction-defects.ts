import type { Defect } from "./defect.js";

/** Faults in sending and receiving transactions. */
export const TRANSACTION_DEFECTS: readonly Defect[] = [
  {
    name: "reprocesses-transactions",
    summary: "A repeated transaction takes effect again",
    requirement: "FED-TXN-013",
  },
  {
    name: "one-bad-pdu-poisons-transaction",
    summary: "One bad event makes the whole transaction fail",
    requirement: "FED-TXN-009",
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
    name: "never-retries-transactions",
    summary: "A transaction that was not acknowledged is given up",
    requirement: "FED-TXN-015",
  },
  {
    name: "retries-under-new-transaction-id",
    summary: "A repeated transaction gets a new id",
    requirement: "FED-TXN-012",
  },
];
