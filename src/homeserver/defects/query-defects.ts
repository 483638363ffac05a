import type { Defect } from "./defect.js";

/** Faults in OpenID, the directory of published rooms and the search by time. */
export const QUERY_DEFECTS: readonly Defect[] = [
  {
    name: "speaks-for-other-directories",
    summary: "Questions for addresses of other servers are answered",
    requirement: "FED-QRY-003",
  },
  {
    name: "publishes-rooms-of-others",
    summary: "Rooms of other servers are listed as the server's own",
    requirement: "FED-DIR-002",
  },
  {
    name: "openid-for-anybody",
    summary: "An OpenID token is said to speak for somebody else than the user who made it",
    requirement: "FED-OID-001",
  },
  {
    name: "openid-unknown-token-404",
    summary: "An OpenID token that nobody made is answered with 404",
    requirement: "FED-OID-002",
  },
  {
    name: "openid-takes-access-tokens",
    summary: "The access token of a client passes for an OpenID token",
    requirement: "FED-OID-003",
  },
  {
    name: "publishes-every-room",
    summary: "The directory lists rooms that nobody has published",
    requirement: "FED-DIR-008",
  },
  {
    name: "directory-without-search",
    summary: "A search in the directory finds everything",
    requirement: "FED-DIR-007",
  },
  {
    name: "directory-ignores-room-types",
    summary: "A search for rooms of a kind finds those of any kind",
    requirement: "FED-DIR-008",
  },
  {
    name: "directory-all-at-once",
    summary: "The whole directory is told however few rooms are asked for",
    requirement: "FED-DIR-003",
  },
  {
    name: "directory-of-others-unasked",
    summary: "Whoever asks for another server's rooms is shown those of their own",
    requirement: "FED-DIR-011",
  },
  {
    name: "timestamps-in-one-direction",
    summary: "The event nearest to a moment is always looked for forwards",
    requirement: "FED-TS-001",
  },
  {
    name: "asks-nobody-for-days",
    summary: "The event nearest to a moment is looked for in the server's own history alone, which lacks a part",
    requirement: "FED-TS-005",
  },
  {
    name: "takes-any-day-of-others",
    summary: "Another server's event is taken for the nearest to a moment even where the server knows a nearer one",
    requirement: "FED-TS-004",
  },
  {
    name: "leaves-far-days-unfetched",
    summary: "Another server's event that is nearest to a moment is named and not fetched",
    requirement: "FED-TS-005",
  },
  {
    name: "timestamps-for-anybody",
    summary: "The event nearest to a moment is told to whoever does not say who they are",
    requirement: "FED-TS-007",
  },
];
