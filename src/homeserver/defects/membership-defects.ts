import type { Defect } from "./defect.js";

/** Faults in joining, inviting, knocking and leaving. */
export const MEMBERSHIP_DEFECTS: readonly Defect[] = [
  {
    name: "cites-no-target",
    summary: "Removals, bans and invitations do not cite what their target was before",
    requirement: "FED-PDU-018",
  },
  {
    name: "cites-no-join-rules",
    summary: "Invitations do not cite the rules for joining",
    requirement: "FED-PDU-019",
  },
  {
    name: "cites-no-voucher",
    summary: "A join that was vouched for does not cite the membership of whoever vouches",
    requirement: "FED-PDU-021",
    alsoBreaks: [{ scenarios: ["restricted-joins/*"], because: "nobody gets into a room by such a join" }],
  },
  {
    name: "removed-servers-are-not-told",
    summary: "A server whose last user is removed from a room is not told",
    requirement: "FED-TXN-022",
  },
  {
    name: "make-join-ignores-ver",
    summary: "A join is offered to servers that do not know the room version",
    requirement: "FED-JOIN-004",
  },
  {
    name: "make-join-without-room-version",
    summary: "The offer of a join does not say which room version it is for",
    requirement: "FED-JOIN-009",
    alsoBreaks: [
      {
        scenarios: [
          "events/*",
          "inviting/both-ways",
          "joining/join-a-target",
          "joining/whole-current-state",
          "messages/both-ways",
          "queries/alias-across-servers",
          "room-version-12/made-by-a-server",
          "upgrades/creators-are-named-anew",
        ],
        because:
          "whoever is not told the version takes the room for one of version 1: nobody can come in by this server",
      },
    ],
  },
  {
    name: "accepts-foreign-join",
    summary: "A server may join, leave or knock for another server's user",
    requirement: "FED-JOIN-024",
    alsoBreaks: [
      {
        scenarios: ["knocking/malformed-knocks", "leaving/malformed-leaves"],
        because: "they hand in memberships of other servers' users as well",
      },
    ],
  },
  {
    name: "accepts-any-template",
    summary: "Whatever event a resident server offers is signed",
    requirement: "FED-JOIN-010",
  },
  {
    name: "omits-members-silently",
    summary: "A joining server that wants no list of members is not told that it lacks some",
    requirement: "FED-JOIN-035",
  },
  {
    name: "omits-members-without-servers",
    summary: "A joining server that is told no members is not told either which servers are in the room",
    requirement: "FED-JOIN-036",
  },
  {
    name: "omits-heroes",
    summary: "A joining server that is told no members lacks those after whom it could name the room",
    requirement: "FED-JOIN-037",
  },
  {
    name: "takes-a-room-without-members-for-whole",
    summary: "On joining, the server says that it can do without the members, and never asks who they are",
    requirement: "FED-JOIN-040",
  },
  {
    name: "send-join-omits-auth-chain",
    summary: "Whoever joins is not told the events that authorise the state",
    requirement: "FED-JOIN-029",
  },
  {
    name: "send-join-stale-state",
    summary: "Whoever joins is told an older state of the room",
    requirement: "FED-JOIN-029",
    alsoBreaks: [
      { scenarios: ["state-resolution/*", "history/*"], because: "whoever joins starts from a state of long ago" },
    ],
  },
  {
    name: "send-join-omits-event",
    summary: "Whoever joins does not get the event back with all its signatures",
    requirement: "FED-RJOIN-010",
  },
  {
    name: "no-relay-of-joins",
    summary: "The other servers in the room are not told of a join",
    requirement: "FED-JOIN-032",
    alsoBreaks: [
      { scenarios: ["restricted-joins/members-of-the-council"], because: "the third server never learns who came" },
    ],
  },
  {
    name: "grants-join-without-condition",
    summary: "A restricted room lets in users who meet none of its conditions",
    requirement: "FED-RJOIN-001",
  },
  {
    name: "omits-authorising-user",
    summary: "The offer of a restricted join does not name who authorises it",
    requirement: "FED-RJOIN-007",
  },
  {
    name: "omits-cosign",
    summary: "A restricted join is not signed by the server that authorises it",
    requirement: "FED-RJOIN-009",
  },
  {
    name: "invite-not-countersigned",
    summary: "Invites are returned without the invited user's server's signature",
    requirement: "FED-INV-011",
  },
  {
    name: "invite-not-relayed",
    summary: "The servers in the room are not told of an invite",
    requirement: "FED-INV-008",
  },
  {
    name: "invite-omits-room-state",
    summary: "Invites do not say what room they are for",
    requirement: "FED-INV-004",
    alsoBreaks: [{ scenarios: ["knocking/asking-to-be-let-in"], because: "the story ends with an invitation" }],
  },
  {
    name: "accepts-uncountersigned-invite",
    summary: "Invites are used without the invited user's server having signed them",
    requirement: "FED-INV-009",
  },
  {
    name: "accepts-invites-for-others",
    summary: "Invites of users of other servers are signed",
    requirement: "FED-INV-019",
  },
  {
    name: "accepts-foreign-invites",
    summary: "Invites may be handed over by a server that is not the inviter's",
    requirement: "FED-INV-018",
  },
  {
    name: "accepts-invites-without-create",
    summary: "Invites are accepted without proof of which room they are for",
    requirement: "FED-INV-021",
  },
  {
    name: "leave-not-relayed",
    summary: "The other servers in the room are not told of a leave",
    requirement: "FED-LEAVE-020",
  },
  {
    name: "knock-not-relayed",
    summary: "The other servers in the room are not told of a knock",
    requirement: "FED-KNOCK-023",
  },
  {
    name: "joins-whatever-is-told",
    summary: "A room is entered although what is told of it is not that room",
    requirement: "FED-JOIN-042",
  },
  {
    name: "send-join-takes-any-membership",
    summary: "What is handed in as a join may be any change of membership",
    requirement: "FED-JOIN-023",
  },
  {
    name: "send-leave-takes-any-membership",
    summary: "What is handed in as a leave may be any change of membership",
    requirement: "FED-LEAVE-014",
  },
  {
    name: "send-knock-takes-any-membership",
    summary: "What is handed in as a knock may be any change of membership",
    requirement: "FED-KNOCK-014",
  },
  {
    name: "ignores-event-id-in-path",
    summary: "An event may be handed in under the id of another",
    requirement: "FED-JOIN-027",
  },
  {
    name: "make-knock-ignores-ver",
    summary: "A knock is offered to servers that do not know the room version",
    requirement: "FED-KNOCK-003",
  },
  {
    name: "accepts-any-leave-template",
    summary: "Whatever event a resident server offers for a leave is signed",
    requirement: "FED-LEAVE-006",
  },
  {
    name: "accepts-any-knock-template",
    summary: "Whatever event a resident server offers for a knock is signed",
    requirement: "FED-KNOCK-007",
  },
  {
    name: "tries-one-server-only",
    summary: "When one server cannot let a user in, no other is asked",
    requirement: "FED-RJOIN-013",
    alsoBreaks: [
      {
        scenarios: ["inviting/finding-the-way-in"],
        because: "one of the invited finds the way by another server, too",
      },
    ],
  },
  {
    name: "hides-refusals",
    summary: "Users are not told why another server refused them",
    requirement: "FED-JOIN-043",
    alsoBreaks: [{ scenarios: ["knocking/lying-templates"], because: "it wants to hear why a knock is refused" }],
  },
  {
    name: "keeps-rejections-to-itself",
    summary: "Nobody else is told that an invite was turned down",
    requirement: "FED-LEAVE-001",
  },
  {
    name: "keeps-own-leaves",
    summary: "Nobody else is told that a local user left",
    requirement: "FED-LEAVE-023",
  },
  {
    name: "keeps-refused-invites",
    summary: "Users count as invited although their server refused",
    requirement: "FED-INV-034",
  },
  {
    name: "shows-whole-invite-state",
    summary: "Clients are given the events of an invite whole",
    requirement: "FED-INV-030",
  },
  {
    name: "restricted-join-says-only-no",
    summary: "Whoever could get in through another server is simply refused",
    requirement: "FED-RJOIN-005",
  },
  {
    name: "keeps-voucher-when-renamed",
    summary: "The membership of whoever changes their name still says who vouched for their join",
    requirement: "FED-RJOIN-016",
  },
  {
    name: "ignores-room-id-in-path",
    summary: "An event may be handed in under the id of another room",
    requirement: "FED-JOIN-027",
  },
  {
    name: "answers-old-invites-like-new",
    summary: "Invites of the first kind are answered in the form of the second",
    requirement: "FED-INV-012",
  },
  {
    name: "keeps-retracted-knocks",
    summary: "Nobody else is told that a knock was taken back",
    requirement: "FED-LEAVE-021",
  },
  {
    name: "cannot-leave-alone",
    summary: "An invite cannot be turned down while no other server helps",
    requirement: "FED-LEAVE-024",
  },
];
