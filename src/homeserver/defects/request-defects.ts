import type { Defect } from "./defect.js";

/** Faults in authenticating requests and in the form of answers. */
export const REQUEST_DEFECTS: readonly Defect[] = [
  {
    name: "accepts-bad-request-signature",
    summary: "Requests are believed to come from whoever they name, whatever their signature",
    requirement: "FED-AUTH-021",
    alsoBreaks: [
      { scenarios: ["server-discovery/room-of-a-delegate"], because: "who checks no signature asks nobody for keys" },
      {
        scenarios: ["keys/*"],
        because: "a key that need not verify is never fetched, and whoever watches for that is left without a request",
      },
    ],
  },
  {
    name: "accepts-missing-auth",
    summary: "Requests without authorization are answered like signed ones",
    requirement: "FED-AUTH-020",
    alsoBreaks: [
      {
        scenarios: ["media/given-to-other-servers"],
        because: "it asks at its own endpoints without authorization, too",
      },
      {
        scenarios: ["timestamps/nearest-event"],
        because: "it asks at its own endpoint without authorization, too",
      },
    ],
  },
  {
    name: "accepts-wrong-destination",
    summary: "Requests that were signed for another server are accepted",
    requirement: "FED-AUTH-010",
  },
  {
    name: "accepts-old-key-for-requests",
    summary: "Retired keys still authenticate requests",
    requirement: "FED-AUTH-024",
  },
  {
    name: "ignores-key-expiry",
    summary: "Keys authenticate requests after their validity has ended",
    requirement: "FED-AUTH-024",
  },
  {
    name: "requires-destination",
    summary: "Requests whose authorization does not name the destination are refused",
    requirement: "FED-AUTH-009",
  },
  {
    name: "refuses-padded-signatures",
    summary: "Requests whose signature is in padded base64 are refused",
    requirement: "FED-CJ-024",
  },
  {
    name: "knows-one-spelling-of-authorization",
    summary: "Only authorization in one fixed order and spelling is understood",
    requirement: "FED-AUTH-012",
  },
  {
    name: "scheme-name-in-one-spelling",
    summary: "The name of the authentication scheme is only understood in one spelling",
    requirement: "FED-AUTH-019",
  },
  {
    name: "query-not-covered-by-signature",
    summary: "A signature over the path alone authenticates any query",
    requirement: "FED-AUTH-022",
  },
  {
    name: "accepts-content-signed-into-get",
    summary: "Requests without a body may be signed as if they had an empty one",
    requirement: "FED-AUTH-005",
  },
  {
    name: "verifies-normalised-uri",
    summary: "Signatures are checked over a rewritten address instead of the one that was sent",
    requirement: "FED-AUTH-004",
  },
  {
    name: "insists-on-content-type",
    summary: "Bodies that are not labelled as JSON are refused",
    requirement: "FED-API-010",
  },
  {
    name: "errors-without-message",
    summary: "Errors have a code but no text",
    requirement: "FED-API-016",
  },
  {
    name: "malformed-body-unknown",
    summary: "Bodies that cannot be read are answered with an unspecific error",
    requirement: "FED-API-017",
  },
  {
    name: "version-needs-authorization",
    summary: "Only authenticated servers are told which software runs",
    requirement: "FED-VER-002",
  },
  {
    name: "unrecognised-endpoint-200",
    summary: "Unknown endpoints are answered with an empty success",
    requirement: "FED-API-014",
    alsoBreaks: [{ scenarios: ["queries/unknown-query"], because: "an unknown kind of query is an unknown endpoint" }],
  },
  {
    name: "wrong-method-404",
    summary: "A known endpoint called with a wrong method is answered as if it did not exist",
    requirement: "FED-API-015",
  },
  {
    name: "answers-in-latin-1",
    summary: "Answers are not written in UTF-8",
    requirement: "FED-API-013",
    alsoBreaks: [
      {
        scenarios: ["encryption/unknown-members-kept", "events/relayed-by-another-server"],
        because: "what they have written in other letters cannot be read",
      },
    ],
  },
  {
    name: "gives-up-after-deep-bodies",
    summary: "A body of thousands of nested lists leaves the server unable to answer anybody",
    requirement: "FED-SEC-003",
  },
  { name: "missing-content-type", summary: "Answers do not say that they are JSON", requirement: "FED-API-012" },
  {
    name: "ignores-server-acl",
    summary: "Servers that a room denies are served all the same",
    requirement: "FED-ACL-010",
  },
  {
    name: "matches-names-in-any-case",
    summary: "Server names are the same whatever the case of their letters",
    requirement: "FED-DISC-002",
  },
  {
    name: "method-not-covered-by-signature",
    summary: "A signature authenticates requests of every method",
    requirement: "FED-AUTH-022",
  },
  {
    name: "content-not-covered-by-signature",
    summary: "A signature over an empty content authenticates any content",
    requirement: "FED-AUTH-022",
  },
  {
    name: "looks-up-names-with-ports",
    summary: "A delegation is looked up also for names that say their port",
    requirement: "FED-DISC-009",
  },
  {
    name: "takes-whole-addresses-for-targets",
    summary: "A request counts as signed when its signature covers the whole address, with scheme and host",
    requirement: "FED-AUTH-003",
  },
];
