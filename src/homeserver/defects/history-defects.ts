import type { Defect } from "./defect.js";

/** Faults in redacting, and in showing history to users and servers. */
export const HISTORY_DEFECTS: readonly Defect[] = [
  {
    name: "asks-one-for-history",
    summary: "Where one server has no earlier history to give, no other is asked",
    requirement: "FED-BF-011",
  },
  {
    name: "forgets-waiting-redactions",
    summary: "A removal that comes before its message has no effect",
    requirement: "FED-RED-025",
  },
  { name: "redacts-across-rooms", summary: "A removal may name an event of another room", requirement: "FED-RED-030" },
  {
    name: "strips-as-in-the-oldest-rooms",
    summary: "Redacting keeps only what room version 1 keeps",
    requirement: "FED-RED-009",
    alsoBreaks: [
      { scenarios: ["room-version-12/creators-above-all"], because: "a room's first event is redacted there, too" },
    ],
  },
  {
    name: "keeps-aliases",
    summary: "Redacting keeps lists of aliases in rooms that do not keep them",
    requirement: "FED-RED-016",
  },
  {
    name: "strips-aliases",
    summary: "Redacting takes away lists of aliases in rooms that keep them",
    requirement: "FED-RED-015",
  },
  {
    name: "strips-vouchers",
    summary: "Redacting a membership takes away who vouched for it",
    requirement: "FED-RED-006",
  },
  {
    name: "strips-former-members",
    summary: "Redacting in older rooms takes away members of events that are kept there",
    requirement: "FED-RED-001",
  },
  {
    name: "keeps-former-members",
    summary: "Redacting in newer rooms keeps members that events had in older ones",
    requirement: "FED-RED-002",
  },
  {
    name: "names-the-redacted-inside",
    summary: "Removals in older rooms name their message inside the content",
    requirement: "FED-RVF-020",
  },
  {
    name: "names-the-redacted-outside",
    summary: "Removals in newer rooms name their message outside the content",
    requirement: "FED-RVF-021",
  },
  {
    name: "strips-as-in-the-newest-rooms",
    summary: "Redacting in old rooms keeps what only newer ones keep",
    requirement: "FED-RED-008",
  },
  {
    name: "authors-cannot-take-back",
    summary: "Authors without special rights cannot remove what came from their server",
    requirement: "FED-RED-022",
  },
  {
    name: "redacts-only-what-one-may-send",
    summary: "Moderators can remove only what they could have sent",
    requirement: "FED-RED-023",
  },
  {
    name: "redaction-changes-the-event",
    summary: "A redacted event no longer hashes to its own id",
    requirement: "FED-SIGN-018",
    alsoBreaks: [
      {
        scenarios: ["authorisation/redactions-in-the-first-rooms", "room-version-12/creators-above-all"],
        because: "redacted events are asked for there, too",
      },
    ],
  },
  {
    name: "hands-events-to-anybody",
    summary: "Single events are handed to servers that are not in their room",
    requirement: "FED-EV-005",
    alsoBreaks: [{ scenarios: ["history/after-leaving"], because: "who has left asks for a single event, too" }],
  },
  {
    name: "state-of-no-event",
    summary: "A question about the state that names no event is answered with the current one",
    requirement: "FED-ST-003",
  },
  {
    name: "missing-events-from-anywhere",
    summary: "A question about missing events need not say between which",
    requirement: "FED-GME-004",
  },
  {
    name: "missing-events-at-any-depth",
    summary: "Missing events are told below the depth that was set",
    requirement: "FED-GME-003",
  },
  {
    name: "tells-servers-all-history",
    summary: "Servers are told what was written when none of their users could read it",
    requirement: "FED-HV-007",
  },
  {
    name: "ignores-history-visibility",
    summary: "Members see everything that was ever written",
    requirement: "FED-HV-003",
  },
  {
    name: "judges-visibility-now",
    summary: "History is shown by the present rule, not by that of its time",
    requirement: "FED-HV-001",
  },
  {
    name: "reads-on-after-leaving",
    summary: "Whoever has left reads what is written afterwards",
    requirement: "FED-HV-004",
  },
];
