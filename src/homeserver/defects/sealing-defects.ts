import type { Defect } from "./defect.js";

/** Faults in writing down, hashing and signing what a server sends. */
export const SEALING_DEFECTS: readonly Defect[] = [
  {
    name: "hashes-with-blanks",
    summary: "Own events are hashed as written down with blanks",
    requirement: "FED-CJ-001",
  },
  {
    name: "sorts-by-code-units",
    summary: "Own events are hashed with their members in the order of UTF-16",
    requirement: "FED-CJ-002",
  },
  {
    name: "hashes-exponents",
    summary: "Own events are hashed with large numbers in powers of ten",
    requirement: "FED-CJ-004",
  },
  {
    name: "escapes-in-capitals",
    summary: "Own events are hashed with capital letters in the escapes of control characters",
    requirement: "FED-CJ-007",
  },
  {
    name: "escapes-more-than-it-must",
    summary: "Own events are hashed with escapes for characters that stand for themselves",
    requirement: "FED-CJ-008",
  },
  {
    name: "leaves-nulls-out",
    summary: "Own events are hashed without the members that are null",
    requirement: "FED-CJ-009",
  },
  {
    name: "signs-what-is-unsigned",
    summary: "The signature of own events covers what must not be signed",
    requirement: "FED-CJ-015",
  },
  {
    name: "drops-other-signatures",
    summary: "The server's signature on an invitation takes the place of the inviter's",
    requirement: "FED-CJ-016",
    alsoBreaks: [
      { scenarios: ["inviting/*"], because: "the inviter's server needs its own signature on what it gets back" },
    ],
  },
  {
    name: "sends-what-it-signed",
    summary: "Own events are sent as they were signed, without their content",
    requirement: "FED-SIGN-004",
    alsoBreaks: [{ scenarios: ["events/own-limits"], because: "it compares what was sent with what the user wrote" }],
  },
  {
    name: "vouches-for-everything",
    summary: "The signature on a join that was vouched for is over more than what redaction keeps",
    requirement: "FED-SIGN-021",
    alsoBreaks: [{ scenarios: ["restricted-joins/*"], because: "nobody gets into a room on such a word" }],
  },
];
