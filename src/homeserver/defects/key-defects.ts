import type { Defect } from "./defect.js";

/** Where servers under test ask or tell other servers something: each of them looks for the keys that prove it. */
const BELIEVED = [
  "attacks/*",
  "authorisation/*",
  "devices/*",
  "encryption/*",
  "events/*",
  "inviting/*",
  "joining/*",
  "messages/*",
  "queries/*",
  "room-directory/*",
  "room-version-12/*",
  "server-discovery/*",
  "spaces/*",
  "third-party-invites/*",
];

/** Faults in publishing and vouching for keys. */
export const KEY_DEFECTS: readonly Defect[] = [
  {
    name: "forgets-under-old-keys",
    summary: "Events are not handed out any more once the key that signed them was replaced",
    requirement: "FED-SEC-002",
  },
  {
    name: "omits-self-signature",
    summary: "The key document is not signed",
    requirement: "FED-KEY-007",
    alsoBreaks: [
      {
        scenarios: BELIEVED,
        because: "nobody accepts keys that their owner did not sign, so nobody believes what this server asks or says",
      },
    ],
  },
  {
    name: "signs-keys-with-another-key",
    summary: "The key document is signed with a key that it does not list",
    requirement: "FED-KEY-007",
    alsoBreaks: [
      { scenarios: BELIEVED, because: "nobody can verify what a server asks or says whose keys do not hold" },
    ],
  },
  {
    name: "wrong-server-name-in-keys",
    summary: "The key document names another server",
    requirement: "FED-KEY-003",
    alsoBreaks: [
      {
        scenarios: [...BELIEVED, "api/malformed-body"],
        because: "nobody accepts keys in another name, so nobody believes what this server asks or says",
      },
    ],
  },
  {
    name: "expired-key-document",
    summary: "The key document has expired when it is served",
    requirement: "FED-KEY-009",
    alsoBreaks: [
      {
        scenarios: BELIEVED,
        because: "nobody accepts what is signed with a key that has run out, be it a request or an event",
      },
    ],
  },
  {
    name: "notary-omits-cosign",
    summary: "As notary, the server passes key documents on without its own signature",
    requirement: "FED-KEY-018",
  },
  {
    name: "notary-never-asks",
    summary: "As notary, the server answers only from what it happens to know",
    requirement: "FED-KEY-017",
  },
  {
    name: "notary-insists-on-minimum",
    summary: "As notary, the server refuses questions that do not say until when keys must be valid",
    requirement: "FED-KEY-020",
  },
  {
    name: "notary-fails-for-unreachable",
    summary: "As notary, the server answers with an error when one of the servers cannot be reached",
    requirement: "FED-KEY-021",
  },
  {
    name: "notary-forgets-unreachable",
    summary: "As notary, the server asks anew each time and forgets what it knew of servers that are out of reach",
    requirement: "FED-KEY-022",
  },
  {
    name: "notary-ignores-minimum",
    summary: "As notary, the server gives what it knows, even where longer validity was asked for",
    requirement: "FED-KEY-019",
  },
  {
    name: "accepts-unsigned-key-documents",
    summary: "Key documents of other servers are believed without their signature",
    requirement: "FED-KEY-032",
  },
  {
    name: "accepts-misnamed-key-documents",
    summary: "Key documents are believed although they name another server",
    requirement: "FED-KEY-003",
  },
  {
    name: "never-refetches-keys",
    summary: "A key id that is not in the document fetched first is refused for good",
    requirement: "FED-KEY-033",
  },
  {
    name: "fetches-keys-every-time",
    summary: "Keys are fetched again for each request",
    requirement: "FED-KEY-014",
    alsoBreaks: [
      {
        scenarios: ["server-discovery/room-of-a-delegate"],
        because: "it counts how often the way to the delegate is looked for, which each question for keys is",
      },
    ],
  },
  {
    name: "old-keys-not-for-events",
    summary: "Retired keys verify nothing, not even what they signed in their time",
    requirement: "FED-KEY-011",
  },
  {
    name: "notary-query-without-minimum",
    summary: "A notary is not told until when the keys must be valid",
    requirement: "FED-KEY-030",
  },
  {
    name: "ignores-valid-until-of-events",
    summary: "Events are accepted although the validity of their signing key had ended, if it was not replaced",
    requirement: "FED-SIGN-020",
  },
  {
    name: "enforces-key-validity-in-old-rooms",
    summary: "The end of a key's validity counts in rooms of the oldest versions too",
    requirement: "FED-KEY-013",
  },
  {
    name: "ignores-key-validity-of-events",
    summary: "Events are accepted although their signing key was no longer valid",
    requirement: "FED-SIGN-012",
  },
  {
    name: "trusts-keys-beyond-a-week",
    summary: "Keys are trusted for as long as their document says, be it years",
    requirement: "FED-KEY-012",
  },
  {
    name: "pads-published-keys",
    summary: "The key document gives keys in padded base64",
    requirement: "FED-KEY-005",
  },
  {
    name: "refuses-padded-keys",
    summary: "Key documents of other servers are of no use when a key in them is in padded base64",
    requirement: "FED-CJ-024",
  },
  {
    name: "valid-until-in-seconds",
    summary: "The key document says in seconds until when it is valid",
    requirement: "FED-KEY-008",
    alsoBreaks: [
      {
        scenarios: [
          "messages/both-ways",
          "queries/profile-across-servers",
          "room-directory/of-another-server",
          "spaces/of-another-server",
        ],
        because: "nobody answers under a key that has run out",
      },
    ],
  },
  {
    name: "wants-long-lived-keys",
    summary: "Keys prove nothing in the last twelve hours of their validity",
    requirement: "FED-KEY-010",
  },
];
