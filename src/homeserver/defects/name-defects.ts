import type { Defect } from "./defect.js";

/** Faults in the limits and the meaning of names, and in what clients are told of rooms and may make of them. */
export const NAME_DEFECTS: readonly Defect[] = [
  {
    name: "wants-a-version-named",
    summary: "A room whose first event names no version is not joined",
    requirement: "FED-RVF-004",
  },
  {
    name: "event-ids-of-any-length",
    summary: "In the first room versions events may have names of any length",
    requirement: "FED-ID-010",
  },
  {
    name: "event-ids-in-characters",
    summary: "In the first room versions the names of events are measured in characters instead of bytes",
    requirement: "FED-ID-017",
  },
  {
    name: "event-ids-without-case",
    summary: "Two events whose names differ in the case of letters alone are taken for one",
    requirement: "FED-ID-011",
  },
  {
    name: "names-need-no-signature",
    summary: "In the first room versions events may bear names of servers that have not signed them",
    requirement: "FED-SIGN-006",
  },
  { name: "room-ids-of-any-length", summary: "Rooms may have names of any length", requirement: "FED-ID-014" },
  {
    name: "signs-in-room-ids",
    summary: "The names of new rooms hold more than letters and digits",
    requirement: "FED-ID-006",
  },
  {
    name: "asks-the-server-in-the-name",
    summary: "The server in a room's name is asked to let users in, whoever was named for it",
    requirement: "FED-ID-008",
  },
  {
    name: "todays-user-ids-only",
    summary: "Events of users with names of the old kind are thrown away",
    requirement: "FED-ID-003",
  },
  { name: "aliases-of-any-length", summary: "Rooms may have addresses of any length", requirement: "FED-ID-009" },
  {
    name: "replaces-impossible-versions",
    summary: "A room of a version that cannot be becomes one of the default version",
    requirement: "FED-ID-019",
  },
  {
    name: "old-default-version",
    summary: "A new room is of an old version unless one is named",
    requirement: "FED-RVF-001",
  },
  {
    name: "names-no-default-version",
    summary: "Clients are not told which version rooms are of unless they name one",
    requirement: "FED-RVF-002",
  },
  {
    name: "levels-as-texts-from-clients",
    summary: "Clients may write power levels as texts in old rooms",
    requirement: "FED-RVF-032",
  },
  {
    name: "removals-in-one-place",
    summary: "Removals of older rooms are shown to clients as they are, without their target in the content",
    requirement: "FED-RVF-023",
  },
  {
    name: "registers-any-name",
    summary: "Users may have names of any characters",
    requirement: "FED-ID-001",
  },
];
