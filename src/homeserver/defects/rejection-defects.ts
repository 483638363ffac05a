import type { Defect } from "./defect.js";

/** Faults in what becomes of rejected and soft-failed events, and of those that build upon them. */
export const REJECTION_DEFECTS: readonly Defect[] = [
  {
    name: "rejection-is-inherited",
    summary: "An event is rejected because one before it was",
    requirement: "FED-REJ-003",
  },
  {
    name: "soft-failure-is-inherited",
    summary: "An event is hidden because one before it had to be hidden",
    requirement: "FED-REJ-010",
  },
  {
    name: "rejected-events-enter-told-state",
    summary: "Rejected events become part of a state in which another server lists them",
    requirement: "FED-REJ-004",
  },
  {
    name: "believes-what-is-repeated",
    summary: "A rejected event is accepted when it comes again",
    requirement: "FED-REJ-001",
  },
  {
    name: "shows-rejected-events",
    summary: "Rejected events are shown to users",
    requirement: "FED-REJ-001",
    alsoBreaks: [
      {
        scenarios: [
          "authorisation/levels-are-integers",
          "encryption/not-switched-off",
          "joining/not-allowed",
          "knocking/where-knocks-are-taken-in-older-rooms",
          "membership/who-may-invite",
          "restricted-joins/false-vouchers",
          "room-version-12/before-any-levels",
          "third-party-invites/as-other-servers-see-it",
        ],
        because: "they look for what was refused among what users see",
      },
    ],
  },
  {
    name: "tells-rejected-events",
    summary: "Rejected events are part of the history that is told to servers",
    requirement: "FED-SEC-005",
  },
  {
    name: "shows-soft-failed-events",
    summary: "Events that came too late are shown to users",
    requirement: "FED-REJ-006",
    alsoBreaks: [
      {
        scenarios: ["joining/not-allowed", "policy-servers/unsigned-from-elsewhere"],
        because: "they look for what is not to be shown among what users see",
      },
    ],
  },
  {
    name: "ends-before-rejected-events",
    summary: "The event before a rejected one stays an end of the room although the room has gone on",
    requirement: "FED-REJ-014",
  },
  { name: "builds-on-rejected-events", summary: "New events follow rejected ones", requirement: "FED-REJ-002" },
  {
    name: "builds-on-soft-failed-events",
    summary: "New events follow those that had to be hidden",
    requirement: "FED-REJ-007",
  },
  {
    name: "withholds-soft-failed-events",
    summary: "Events that had to be hidden from users are refused to servers as well",
    requirement: "FED-REJ-012",
  },
  {
    name: "hides-soft-failed-history",
    summary: "Events that had to be hidden are missing from the history told to servers",
    requirement: "FED-REJ-013",
  },
  {
    name: "outliers-stay-outside",
    summary: "An event first met as proof of another is never taken into the room",
    requirement: "FED-PDU-030",
  },
];
