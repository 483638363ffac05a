import type { Defect } from "./defect.js";

/** Faults in finding the way into rooms, and in what invitations and knocks come to. */
export const HANDSHAKE_DEFECTS: readonly Defect[] = [
  {
    name: "looks-for-servers-in-room-ids-alone",
    summary: "Who can let a user in is read off the room id, not off an invitation or an address",
    requirement: "FED-RV12-020",
    alsoBreaks: [
      {
        scenarios: ["queries/alias-across-servers"],
        because: "it joins a room of version 12 by its address, which then leads nowhere",
      },
    ],
  },
  {
    name: "asks-the-named-servers-about-addresses",
    summary: "Where an address leads is asked of the servers that a client names, not of the address's own",
    requirement: "FED-JOIN-001",
  },
  {
    name: "accepts-invites-through-inviters-alone",
    summary: "An invitation can be accepted through the inviter's server only",
    requirement: "FED-JOIN-045",
  },
  {
    name: "combined-rule-takes-no-knocks",
    summary: "A room that takes knocks as well as members of others takes no knocks",
    requirement: "FED-RJOIN-017",
  },
  {
    name: "drops-invites-after-knocks",
    summary: "Whoever has knocked is not told of the invitation that follows",
    requirement: "FED-KNOCK-025",
  },
  {
    name: "offers-knocks-in-old-rooms",
    summary: "A knock is offered in rooms of versions that know of none",
    requirement: "FED-KNOCK-028",
  },
  {
    name: "hides-what-is-wrong-with-a-knock",
    summary: "Users are not told what another server finds wrong with their knock",
    requirement: "FED-KNOCK-029",
  },
  {
    name: "never-invites-in-the-older-way",
    summary: "Servers that know the older kind of invitation alone are not invited",
    requirement: "FED-INV-002",
  },
  {
    name: "calls-forbidden-invites-malformed",
    summary: "An invitation that is forbidden is answered as if it were malformed",
    requirement: "FED-INV-027",
  },
  {
    name: "takes-unwanted-invites",
    summary: "Users who want no invitations are invited all the same",
    requirement: "FED-INV-028",
  },
  {
    name: "shows-unwanted-invites",
    summary: "An invitation that was refused because the user wants none is shown to the user",
    requirement: "FED-INV-029",
  },
  {
    name: "rejects-invites-it-has-signed",
    summary: "An invitation that was signed is rejected when it comes again among the room's events",
    requirement: "FED-INV-032",
  },
  {
    name: "hides-that-guests-lack-the-version",
    summary: "Whoever makes a room is not told that a guest's server does not know its version",
    requirement: "FED-INV-035",
  },
  {
    name: "old-joins-past-access-lists",
    summary: "A join handed in over the older endpoint comes past a room's access list",
    requirement: "FED-ACL-013",
  },
  {
    name: "old-leaves-past-access-lists",
    summary: "A leave handed in over the older endpoint comes past a room's access list",
    requirement: "FED-ACL-015",
  },
  {
    name: "old-invites-past-access-lists",
    summary: "An invitation over the older endpoint comes past a room's access list",
    requirement: "FED-ACL-017",
  },
];
