import type { Defect } from "./defect.js";

/** Faults in what a server makes of templates, and in what it does for rooms and guests of its own. */
export const COMPLETION_DEFECTS: readonly Defect[] = [
  {
    name: "keeps-times-of-templates",
    summary: "Joins bear the time that the other server wrote into the template",
    requirement: "FED-JOIN-017",
  },
  {
    name: "joins-at-own-depth",
    summary: "Joins stand deeper in the room than the template says",
    requirement: "FED-JOIN-018",
  },
  { name: "leaves-without-depth", summary: "Leaves are handed in without their depth", requirement: "FED-LEAVE-019" },
  {
    name: "invites-own-users-from-afar",
    summary: "The server sends itself a request when a user invites another of its own",
    requirement: "FED-INV-010",
  },
  {
    name: "makes-rooms-of-any-version",
    summary: "A room of an unknown version becomes one of the default version",
    requirement: "FED-RVF-003",
  },
];
