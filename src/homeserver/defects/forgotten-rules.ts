import { FORGOTTEN_MEMBERSHIP_RULES } from "./forgotten-membership-rules.js";
import type { ForgottenRule } from "./forgotten-rule.js";

/** Each rule at most once. */
export const FORGOTTEN_RULES: readonly ForgottenRule[] = [
  ...FORGOTTEN_MEMBERSHIP_RULES,
  { name: "create-with-ancestors", summary: "A room's first event may follow others", requirement: "FED-AR-001" },
  {
    name: "create-on-another-server",
    summary: "A room may bear the name of a server that did not make it",
    requirement: "FED-AR-002",
  },
  {
    name: "create-of-any-version",
    summary: "Rooms of unknown versions are taken as they come",
    requirement: "FED-AR-004",
  },
  {
    name: "odd-additional-creators",
    summary: "The list of a room's further creators may hold anything",
    requirement: "FED-AR-006",
  },
  {
    name: "cites-a-key-twice",
    summary: "An event may cite two events for the same piece of state",
    requirement: "FED-AR-009",
  },
  {
    name: "cites-anything",
    summary: "An event may cite events that have nothing to do with it",
    requirement: "FED-AR-010",
    alsoBreaks: [
      { scenarios: ["state-resolution/without-any-rules"], because: "what is overruled there proves too little" },
    ],
  },
  { name: "cites-rejected-events", summary: "An event may cite events that were rejected", requirement: "FED-AR-011" },
  { name: "cites-no-create", summary: "An event need not cite the room's first event", requirement: "FED-AR-012" },
  { name: "cites-other-rooms", summary: "An event may cite events of other rooms", requirement: "FED-AR-013" },
  {
    name: "federates-regardless",
    summary: "Rooms that are closed to other servers take their users' events",
    requirement: "FED-AR-014",
  },
  {
    name: "aliases-without-key",
    summary: "Lists of aliases are taken in although they are no state",
    requirement: "FED-AR-015",
    also: ["FED-AR-016"],
  },
  {
    name: "aliases-of-other-servers",
    summary: "A server may set another's list of aliases",
    requirement: "FED-AR-016",
  },
  {
    name: "outsiders-write",
    summary: "Users who are not in a room may write into it",
    requirement: "FED-AR-058",
    alsoBreaks: [
      {
        scenarios: ["events/late-message-of-a-banned-user", "rejection/building-on-the-hidden"],
        because: "what they want hidden is written by who is no member any more",
      },
      {
        scenarios: ["authorisation/proof-that-does-not-suffice"],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "address-invites-as-other-state",
    summary: "Invitations to addresses are held to the rules for other state",
    requirement: "FED-AR-059",
    alsoBreaks: [
      { scenarios: ["membership/invited-by-address"], because: "what they are about rests on this rule, too" },
    ],
  },
  {
    name: "levels-are-no-bar",
    summary: "Events may be sent whatever level they need",
    requirement: "FED-AR-060",
    alsoBreaks: [
      {
        scenarios: [
          "redactions/senseless-removals",
          "rejection/told-on-joining",
          "room-version-12/before-any-levels",
          "upgrades/refused",
        ],
        because: "what they want refused lacks power alone",
      },
      {
        scenarios: [
          "authorisation/further-creators-before-their-time",
          "authorisation/levels-not-written-down",
          "authorisation/proof-that-does-not-suffice",
        ],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "state-of-other-users",
    summary: "Users may set state that is another user's own",
    requirement: "FED-AR-061",
  },
  { name: "odd-named-levels", summary: "Power levels need not be integers", requirement: "FED-AR-062" },
  { name: "odd-tables-of-levels", summary: "Tables of power levels may hold anything", requirement: "FED-AR-063" },
  {
    name: "odd-users-in-old-rooms",
    summary: "In older rooms the table of users' levels may hold anything",
    requirement: "FED-AR-064",
  },
  { name: "odd-users", summary: "The table of users' levels may hold anything", requirement: "FED-AR-065" },
  { name: "levels-name-creators", summary: "Power levels may name a creator", requirement: "FED-AR-066" },
  {
    name: "first-levels-are-compared",
    summary: "The first power levels of a room are judged as changes",
    requirement: "FED-AR-067",
  },
  { name: "lowers-higher-levels", summary: "Levels above one's own may be changed", requirement: "FED-AR-068" },
  { name: "raises-levels-beyond-oneself", summary: "Levels may be raised above one's own", requirement: "FED-AR-069" },
  {
    name: "lowers-higher-event-levels",
    summary: "Levels of kinds of events above one's own may be changed",
    requirement: "FED-AR-070",
  },
  {
    name: "raises-event-levels-beyond-oneself",
    summary: "Levels of kinds of events may be raised above one's own",
    requirement: "FED-AR-071",
  },
  {
    name: "notification-levels-unchecked",
    summary: "Anybody who may change power levels may change those of notifications",
    requirement: "FED-AR-072",
  },
  {
    name: "demotes-equals",
    summary: "Users may lower the level of their equals and superiors",
    requirement: "FED-AR-073",
  },
  { name: "promotes-beyond-oneself", summary: "Users may raise others above themselves", requirement: "FED-AR-074" },
  {
    name: "redact-level-is-worthless",
    summary: "In old rooms moderators cannot remove what others wrote",
    requirement: "FED-AR-076",
  },
  {
    name: "own-redactions-refused",
    summary: "In old rooms users cannot remove what they wrote",
    requirement: "FED-AR-077",
  },
  { name: "anybody-redacts", summary: "In old rooms anybody may remove anything", requirement: "FED-AR-078" },
];
