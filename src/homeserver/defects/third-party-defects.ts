import type { Defect } from "./defect.js";

/** Faults in inviting people by their addresses. */
export const THIRD_PARTY_DEFECTS: readonly Defect[] = [
  {
    name: "invites-addresses-of-users",
    summary: "An address is invited although the identity server knows the user whose it is",
    requirement: "FED-TPI-001",
  },
  {
    name: "keeps-invited-addresses-from-the-room",
    summary: "The room is not told of the invitation of an address",
    requirement: "FED-TPI-002",
  },
  {
    name: "bindings-need-authorization",
    summary: "An identity server must sign as a homeserver to tell of a bound address",
    requirement: "FED-TPI-003",
    alsoBreaks: [{ scenarios: ["third-party-invites/*"], because: "no identity server is heard any more" }],
  },
  {
    name: "bindings-without-effect",
    summary: "Nothing comes of an identity server's word that an address is bound",
    requirement: "FED-TPI-004",
    alsoBreaks: [{ scenarios: ["third-party-invites/*"], because: "no identity server is heard any more" }],
  },
  {
    name: "exchanges-although-in-the-room",
    summary: "The inviter's server is asked for an invitation that this server could write itself",
    requirement: "FED-TPI-005",
  },
  {
    name: "cites-no-invitation",
    summary: "An invitation on an identity server's word does not cite the invitation of the address",
    requirement: "FED-PDU-020",
    alsoBreaks: [{ scenarios: ["third-party-invites/*"], because: "other servers refuse what cites no invitation" }],
  },
  {
    name: "wants-the-inviters-signature",
    summary: "An invitation on an identity server's word counts only if the server of its sender signed it, too",
    requirement: "FED-SIGN-014",
  },
  {
    name: "drops-the-guests-signature",
    summary: "The room is sent an invite without the signature of the invited user's server",
    requirement: "FED-SIGN-022",
    alsoBreaks: [
      {
        scenarios: ["inviting/a-guest-of-another-server"],
        because: "it looks at the invite that the room is sent, too",
      },
    ],
  },
  {
    name: "redeems-in-own-rooms-only",
    summary: "An address bound by a user has no effect where this server is not in the room",
    requirement: "FED-TPI-006",
  },
  {
    name: "exchanges-whatever-is-sent",
    summary: "An identity server's word is exchanged whatever event it comes in, for whatever room",
    requirement: "FED-TPI-007",
    alsoBreaks: [
      {
        scenarios: ["third-party-invites/*"],
        because: "the invited user's server is told nothing and no key is asked about",
      },
    ],
  },
  {
    name: "exchanges-in-silence",
    summary: "The invited user's server is not told of the invitation that it exchanged a word for",
    requirement: "FED-TPI-008",
  },
  {
    name: "believes-any-voucher",
    summary: "Anybody may give an identity server's word",
    requirement: "FED-TPI-009",
    alsoBreaks: [
      {
        scenarios: ["membership/*", "third-party-invites/joining-with-a-word"],
        because: "these are about the same rule, as events are judged by it",
      },
    ],
  },
  {
    name: "any-identity-key-of-the-room",
    summary: "A word for one invitation is good under the key of any other in the room",
    requirement: "FED-TPI-010",
  },
  {
    name: "never-asks-whether-keys-hold",
    summary: "The inviting server does not ask whether the identity server's key still holds",
    requirement: "FED-TPI-011",
    alsoBreaks: [
      { scenarios: ["third-party-invites/first-join-on-a-word"], because: "it does not ask on first joins either" },
    ],
  },
  {
    name: "first-joins-unasked",
    summary: "A server's first join on an identity server's word is let in without asking whether the key still holds",
    requirement: "FED-TPI-012",
  },
  {
    name: "joins-without-a-word",
    summary: "An identity server's word that comes with a user's join is overlooked",
    requirement: "FED-TPI-013",
  },
  {
    name: "distrusts-keys-with-an-address",
    summary: "A key that can be asked about counts for nothing on servers that only watch",
    requirement: "FED-TPI-014",
    alsoBreaks: [
      {
        scenarios: ["membership/*", "third-party-invites/*"],
        because: "invitations of addresses there have such keys, too",
      },
    ],
  },
  {
    name: "knows-one-identity-key",
    summary: "Only the first key of an invitation of an address is known",
    requirement: "FED-TPI-015",
    alsoBreaks: [
      {
        scenarios: ["membership/*", "third-party-invites/*"],
        because: "words there are given under further keys, too",
      },
    ],
  },
  {
    name: "identity-keys-in-one-alphabet",
    summary: "Keys of identity servers are read in one alphabet of base64 only",
    requirement: "FED-TPI-016",
    alsoBreaks: [{ scenarios: ["membership/*"], because: "a key there is spelled in the other one" }],
  },
  {
    name: "exchanges-in-its-own-name",
    summary: "The invitation that comes of a word is sent by another user than the one who invited the address",
    requirement: "FED-TPI-017",
    alsoBreaks: [
      {
        scenarios: ["third-party-invites/confirmed-in-the-room", "membership/false-words-about-an-address"],
        because: "who sends such an invitation matters there, too",
      },
    ],
  },
  {
    name: "names-invited-addresses",
    summary: "The room is told the address that is invited",
    requirement: "FED-TPI-019",
  },
];
