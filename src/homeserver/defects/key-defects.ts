import type { Defect } from "./defect.js";

/** Faults in publishing and vouching for keys. */
export const KEY_DEFECTS: readonly Defect[] = [
  { name: "omits-self-signature", summary: "The key document is not signed", requirement: "FED-KEY-007" },
  {
    name: "signs-keys-with-another-key",
    summary: "The key document is signed with a key that it does not list",
    requirement: "FED-KEY-007",
  },
  { name: "wrong-server-name-in-keys", summary: "The key document names another server", requirement: "FED-KEY-003" },
  {
    name: "expired-key-document",
    summary: "The key document has expired when it is served",
    requirement: "FED-KEY-009",
  },
  {
    name: "notary-omits-cosign",
    summary: "As notary, the server passes key documents on without its own signature",
    requirement: "FED-KEY-018",
  },
  {
    name: "notary-query-without-minimum",
    summary: "A notary is not told until when the keys must be valid",
    requirement: "FED-KEY-030",
  },
  {
    name: "ignores-key-validity-of-events",
    summary: "Events are accepted although their signing key was no longer valid",
    requirement: "FED-SIGN-012",
  },
];
