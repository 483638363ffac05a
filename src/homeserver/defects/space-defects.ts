import type { Defect } from "./defect.js";

/** Faults in trees of spaces, told to other servers and asked of them. */
export const SPACE_DEFECTS: readonly Defect[] = [
  {
    name: "spaces-without-children",
    summary: "A space is told without the events that name its rooms",
    requirement: "FED-SPACE-002",
    alsoBreaks: [
      { scenarios: ["spaces/suggested-rooms"], because: "the suggested rooms are looked for among those events" },
    ],
  },
  {
    name: "children-without-a-way",
    summary: "Rooms count as part of a space although no server is named through which to enter them",
    requirement: "FED-SPACE-003",
  },
  {
    name: "tells-of-closed-rooms",
    summary: "Rooms of a space are described to servers whose users can neither read nor enter them",
    requirement: "FED-SPACE-004",
  },
  {
    name: "forgets-closed-rooms",
    summary: "Rooms that the asker cannot enter are left out in silence",
    requirement: "FED-SPACE-005",
  },
  {
    name: "suggests-every-room",
    summary: "Whoever asks for suggested rooms is told of all",
    requirement: "FED-SPACE-006",
  },
  {
    name: "tells-closed-spaces",
    summary: "A space is described to servers whose users can neither read nor enter it",
    requirement: "FED-SPACE-007",
  },
  {
    name: "hierarchy-without-conditions",
    summary: "A room for members of another is told without saying of which",
    requirement: "FED-SPACE-008",
  },
  {
    name: "hierarchy-without-kinds",
    summary: "Rooms of a space are told without their kind, version and encryption",
    requirement: "FED-SPACE-009",
  },
  {
    name: "asks-for-spaces-every-time",
    summary: "Another server is asked for its space again for each user",
    requirement: "FED-SPACE-010",
  },
  {
    name: "believes-others-of-own-rooms",
    summary: "What another server tells of a room is shown, although this server is in it and knows better",
    requirement: "FED-SPACE-011",
  },
  {
    name: "spaces-alike-for-everybody",
    summary: "Rooms of another server's space are shown to users who cannot enter them",
    requirement: "FED-SPACE-011",
  },
  {
    name: "knows-own-spaces-only",
    summary: "Rooms of a space that this server is not in are left out, and nobody is asked about them",
    requirement: "FED-SPACE-012",
    alsoBreaks: [{ scenarios: ["spaces/*"], because: "nothing of other servers' spaces is shown any more" }],
  },
  {
    name: "walks-in-circles",
    summary: "A space within itself is walked round until the request fails",
    requirement: "FED-SPACE-013",
  },
  {
    name: "asks-for-closed-rooms",
    summary: "Rooms that were told to be closed are asked for all the same",
    requirement: "FED-SPACE-014",
  },
];
