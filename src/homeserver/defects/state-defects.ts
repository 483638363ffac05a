import type { Defect } from "./defect.js";

/** Faults in state resolution and in telling state and history to others. */
export const STATE_DEFECTS: readonly Defect[] = [
  {
    name: "last-writer-wins",
    summary: "Where branches of a room disagree, the newest event wins",
    requirement: "FED-SR2-017",
    alsoBreaks: [
      { scenarios: ["state-resolution/*"], because: "the order in which events come decides every conflict" },
    ],
  },
  {
    name: "ignores-power-ordering",
    summary: "Where branches of a room disagree, demotions and bans get no precedence",
    requirement: "FED-SR2-011",
  },
  {
    name: "state-depends-on-arrival-order",
    summary: "Where branches of a room disagree, the one that arrived first wins",
    requirement: "FED-REJ-014",
  },
  {
    name: "forgets-soft-failed-events",
    summary: "Events that came too late are thrown away, although later events may build on them",
    requirement: "FED-REJ-009",
    alsoBreaks: [
      { scenarios: ["policy-servers/unsigned-from-elsewhere"], because: "the unsigned message is one of those" },
    ],
  },
  {
    name: "serves-state-to-outsiders",
    summary: "Servers that are not in a room can read it",
    requirement: "FED-ST-005",
  },
  {
    name: "state-ids-after-instead-of-before",
    summary: "The state at an event includes that event",
    requirement: "FED-ST-002",
  },
  {
    name: "event-auth-incomplete",
    summary: "The chain of events that authorise an event lacks one",
    requirement: "FED-EA-001",
  },
  {
    name: "backfill-omits-requested",
    summary: "Backfill leaves out the events that it was asked to start from",
    requirement: "FED-BF-001",
    alsoBreaks: [
      {
        scenarios: ["rejection/stays-rejected"],
        because: "it looks for one of its events in the history that it asks for",
      },
    ],
  },
  {
    name: "mixes-rooms",
    summary: "History of one room is told when another is asked about",
    requirement: "FED-BF-008",
  },
  {
    name: "missing-events-ignores-limit",
    summary: "More missing events are answered than were asked for",
    requirement: "FED-GME-006",
  },
  {
    name: "no-gap-filling",
    summary: "Events after a gap are judged without fetching what lies between",
    requirement: "FED-GME-007",
  },
];
