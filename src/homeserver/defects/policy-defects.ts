import type { Defect } from "./defect.js";

/** Faults in dealing with rooms' policy servers. */
export const POLICY_DEFECTS: readonly Defect[] = [
  {
    name: "asks-policy-servers-without-key",
    summary: "A policy server is asked although the room gives no key for it",
    requirement: "FED-POL-001",
  },
  {
    name: "asks-absent-policy-servers",
    summary: "A policy server is asked although none of its users is in the room",
    requirement: "FED-POL-002",
  },
  {
    name: "never-asks-policy-servers",
    summary: "Events are sent without asking the room's policy server",
    requirement: "FED-POL-003",
  },
  {
    name: "asks-policy-of-its-own-setting",
    summary: "A policy server is asked whether it may be replaced",
    requirement: "FED-POL-004",
  },
  {
    name: "asks-policy-of-messages-only",
    summary: "Policy servers are asked about messages, and not about changes of the room",
    requirement: "FED-POL-005",
  },
  {
    name: "loses-policy-signatures",
    summary: "A policy server's signature is not sent along with the event",
    requirement: "FED-POL-007",
  },
  {
    name: "policy-signature-replaces-others",
    summary: "A policy server's signature takes the place of the one that the same server gave as the author's",
    requirement: "FED-POL-008",
  },
  {
    name: "believes-policy-signatures",
    summary: "Events are sent with whatever signature the policy server gave",
    requirement: "FED-POL-009",
  },
  {
    name: "sends-what-policy-refuses",
    summary: "Events are sent although the policy server refused to sign them",
    requirement: "FED-POL-010",
  },
  {
    name: "never-asks-policy-again",
    summary: "Received events without a policy server's signature are hidden without asking for one",
    requirement: "FED-POL-011",
  },
  {
    name: "shows-what-policy-refuses",
    summary: "Received events are shown although the policy server refuses to sign them",
    requirement: "FED-POL-012",
  },
  {
    name: "policy-by-published-keys",
    summary: "Policy servers' signatures are checked against the keys that they publish as servers",
    requirement: "FED-POL-013",
  },
  {
    name: "rejects-what-policy-refuses",
    summary: "Received events that the policy server refuses to sign are rejected",
    requirement: "FED-POL-014",
  },
  {
    name: "clings-to-policy-servers",
    summary: "The policy server that a room gave up is asked all the same",
    requirement: "FED-POL-015",
  },
  {
    name: "wants-policy-for-its-own-setting",
    summary: "Nobody elsewhere can replace a policy server without its consent",
    requirement: "FED-POL-016",
  },
  {
    name: "sends-when-policy-is-silent",
    summary: "Events are sent unsigned when the policy server cannot be reached",
    requirement: "FED-POL-023",
  },
];
