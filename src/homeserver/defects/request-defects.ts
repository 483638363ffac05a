import type { Defect } from "./defect.js";

/** Faults in authenticating requests and in the form of answers. */
export const REQUEST_DEFECTS: readonly Defect[] = [
  {
    name: "accepts-bad-request-signature",
    summary: "Requests are believed to come from whoever they name, whatever their signature",
    requirement: "FED-AUTH-021",
  },
  {
    name: "accepts-missing-auth",
    summary: "Requests without authorization are answered like signed ones",
    requirement: "FED-AUTH-020",
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
    name: "unrecognised-endpoint-200",
    summary: "Unknown endpoints are answered with an empty success",
    requirement: "FED-API-014",
  },
  {
    name: "wrong-method-404",
    summary: "A known endpoint called with a wrong method is answered as if it did not exist",
    requirement: "FED-API-015",
  },
  { name: "missing-content-type", summary: "Answers do not say that they are JSON", requirement: "FED-API-012" },
  {
    name: "ignores-server-acl",
    summary: "Servers that a room denies are served all the same",
    requirement: "FED-ACL-010",
  },
];
