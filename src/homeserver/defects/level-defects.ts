import type { Defect } from "./defect.js";

/** Faults in reading what a room's power levels say, and in knowing what holds where they say nothing. */
export const LEVEL_DEFECTS: readonly Defect[] = [
  {
    name: "removals-are-free",
    summary: "Where no level is written down for it, anybody may remove and ban others",
    requirement: "FED-PDU-023",
  },
  {
    name: "state-is-free",
    summary: "Where no level is written down for it, anybody may set a room's state",
    requirement: "FED-PDU-024",
  },
  {
    name: "no-levels-for-kinds",
    summary: "What power levels say of single kinds of events is not heard",
    requirement: "FED-PDU-025",
    alsoBreaks: [
      {
        scenarios: ["authorisation/levels-of-kinds-of-events"],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "creators-start-at-nothing",
    summary: "As long as a room has no power levels, its creator may do no more than others",
    requirement: "FED-PDU-026",
  },
  {
    name: "further-creators-wait-for-levels",
    summary: "As long as a room has no power levels, only the first of its creators stands above others",
    requirement: "FED-PDU-027",
  },
  {
    name: "levels-in-plain-digits",
    summary: "Levels written as texts count only without signs, blanks and leading zeros",
    requirement: "FED-RVF-027",
  },
  {
    name: "levels-rounded",
    summary: "Fractional levels of the first room versions are rounded instead of cut off",
    requirement: "FED-RVF-028",
  },
  {
    name: "texts-as-levels-for-ever",
    summary: "Levels may be written as texts in every room version",
    requirement: "FED-RVF-030",
  },
  {
    name: "empty-state-key-is-none",
    summary: "An event with an empty state key is taken for one that is no state",
    requirement: "FED-RVF-007",
  },
];
