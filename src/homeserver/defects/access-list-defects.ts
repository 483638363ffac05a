import type { Defect } from "./defect.js";

/** Faults in reading a room's list of servers that it shuts out. */
export const ACCESS_LIST_DEFECTS: readonly Defect[] = [
  {
    name: "no-question-mark-in-access-lists",
    summary: "A pattern of an access list with a question mark describes no server",
    requirement: "FED-ACL-007",
  },
  {
    name: "access-lists-by-letter-case",
    summary: "A pattern of an access list describes a server only in the same letter case",
    requirement: "FED-ACL-009",
  },
  {
    name: "access-lists-with-ports",
    summary: "Patterns of an access list are held against the server name with its port",
    requirement: "FED-ACL-008",
    alsoBreaks: [{ scenarios: ["access-lists/*"], because: "the lists of the stories name servers without ports" }],
  },
  {
    name: "allows-before-denying",
    summary: "What an access list allows is not denied by it",
    requirement: "FED-ACL-006",
    alsoBreaks: [
      { scenarios: ["access-lists/*"], because: "most lists of the stories allow everybody and deny one server" },
    ],
  },
  {
    name: "access-lists-of-authors",
    summary: "An event is refused when the room denies its author's server, whoever delivers it",
    requirement: "FED-ACL-030",
  },
  {
    name: "access-lists-spare-edus",
    summary: "Typing notices and receipts come past a room's access list",
    requirement: "FED-ACL-027",
  },
];
