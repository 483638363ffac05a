import type { Defect } from "./defect.js";

/** An authorisation rule that is forgotten: it decides nothing, and the rules after it are asked (rooms/v12#authorisation-rules). */
export interface ForgottenRule extends Defect {
  readonly requirement: `FED-AR-${string}`;
  /** Rules that cannot be asked without the forgotten one. */
  readonly also?: readonly `FED-AR-${string}`[];
}

/** Each rule at most once. */
export const FORGOTTEN_RULES: readonly ForgottenRule[] = [
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
    name: "room-id-of-any-create",
    summary: "A room may begin with any first event, whatever its id says",
    requirement: "FED-AR-008",
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
    name: "aliases-as-other-state",
    summary: "In old rooms lists of aliases are held to the rules for other state",
    requirement: "FED-AR-017",
  },
  {
    name: "memberships-without-key",
    summary: "Member events are taken in although they concern nobody",
    requirement: "FED-AR-018",
  },
  { name: "joins-for-others", summary: "A user may make others join", requirement: "FED-AR-021" },
  { name: "banned-users-join", summary: "A ban does not keep anybody from joining", requirement: "FED-AR-022" },
  {
    name: "knock-rule-admits-nobody",
    summary: "Rooms that take knocks admit nobody, even invited",
    requirement: "FED-AR-024",
  },
  {
    name: "restricted-rooms-ignore-invitations",
    summary: "Invited users cannot join restricted rooms by their invitation",
    requirement: "FED-AR-025",
    alsoBreaks: [
      { scenarios: ["restricted-joins/knocks-and-vouchers"], because: "what they are about rests on this rule, too" },
    ],
  },
  {
    name: "restricted-without-voucher",
    summary: "Restricted rooms need nobody who vouches",
    requirement: "FED-AR-026",
  },
  {
    name: "restricted-rooms-admit-nobody",
    summary: "Restricted rooms refuse also those who are vouched for",
    requirement: "FED-AR-027",
    alsoBreaks: [
      {
        scenarios: [
          "restricted-joins/knocks-and-vouchers",
          "restricted-joins/members-of-the-council",
          "restricted-joins/next-server",
        ],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "any-join-rule-admits",
    summary: "Whatever no join rule allows is allowed",
    requirement: "FED-AR-030",
    alsoBreaks: [
      {
        scenarios: ["room-version-12/creators-come-in-like-anyone"],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "banned-users-by-address",
    summary: "Banned users may be invited by an address of theirs",
    requirement: "FED-AR-031",
  },
  {
    name: "unsigned-addresses",
    summary: "An invitation by address needs no word of the identity server",
    requirement: "FED-AR-032",
    also: ["FED-AR-033", "FED-AR-034", "FED-AR-035", "FED-AR-036", "FED-AR-038"],
    alsoBreaks: [
      { scenarios: ["membership/invited-by-address"], because: "what they are about rests on this rule, too" },
    ],
  },
  {
    name: "incomplete-word",
    summary: "An identity server's word may be about nobody or no invitation",
    requirement: "FED-AR-033",
    also: ["FED-AR-034"],
  },
  {
    name: "word-about-another",
    summary: "An identity server's word about one user lets in another",
    requirement: "FED-AR-034",
  },
  {
    name: "unknown-tokens",
    summary: "An invitation by address need not exist in the room",
    requirement: "FED-AR-035",
    also: ["FED-AR-036", "FED-AR-038"],
    alsoBreaks: [
      { scenarios: ["membership/invited-by-address"], because: "what they are about rests on this rule, too" },
    ],
  },
  {
    name: "others-invitations",
    summary: "A user may use the invitation that another sent to an address",
    requirement: "FED-AR-036",
  },
  {
    name: "addresses-never-match",
    summary: "Invitations by address are refused although the identity server vouches",
    requirement: "FED-AR-037",
  },
  {
    name: "any-identity-server",
    summary: "Anybody's signature stands for that of the identity server",
    requirement: "FED-AR-038",
  },
  { name: "outsiders-invite", summary: "Users who are not in a room may invite to it", requirement: "FED-AR-039" },
  { name: "invites-members-and-banned", summary: "Members and banned users may be invited", requirement: "FED-AR-040" },
  {
    name: "nobody-leaves-old-rooms",
    summary: "Users cannot leave older rooms by themselves",
    requirement: "FED-AR-043",
    alsoBreaks: [
      {
        scenarios: ["authorisation/words-from-outside", "membership/invited-by-address"],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  { name: "anybody-may-invite", summary: "Invitations need no power", requirement: "FED-AR-042" },
  {
    name: "outsiders-remove",
    summary: "Users who are not in a room may remove others from it",
    requirement: "FED-AR-045",
  },
  { name: "unban-by-kick-level", summary: "Bans are lifted by users who may not ban", requirement: "FED-AR-046" },
  {
    name: "anybody-may-remove",
    summary: "Removing somebody needs no power",
    requirement: "FED-AR-048",
    alsoBreaks: [
      {
        scenarios: ["authorisation/further-creators-before-their-time", "authorisation/levels-not-written-down"],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  { name: "outsiders-ban", summary: "Users who are not in a room may ban others from it", requirement: "FED-AR-049" },
  {
    name: "anybody-may-ban",
    summary: "Banning somebody needs no power",
    requirement: "FED-AR-051",
    alsoBreaks: [
      { scenarios: ["authorisation/levels-not-written-down"], because: "what they are about rests on this rule, too" },
    ],
  },
  {
    name: "old-rooms-take-any-knock",
    summary: "In older rooms knocks are taken whatever the join rule says",
    requirement: "FED-AR-052",
  },
  {
    name: "rooms-take-any-knock",
    summary: "Knocks are taken whatever the join rule says",
    requirement: "FED-AR-053",
    alsoBreaks: [{ scenarios: ["knocking/malformed-knocks"], because: "what they are about rests on this rule, too" }],
  },
  { name: "knocks-for-others", summary: "A user may knock for others", requirement: "FED-AR-054" },
  {
    name: "members-knock",
    summary: "Members, invited and banned users may knock",
    requirement: "FED-AR-056",
    alsoBreaks: [
      { scenarios: ["knocking/asking-to-be-let-in"], because: "what they are about rests on this rule, too" },
    ],
  },
  { name: "any-membership", summary: "A membership may be any word", requirement: "FED-AR-057" },
  {
    name: "outsiders-write",
    summary: "Users who are not in a room may write into it",
    requirement: "FED-AR-058",
    alsoBreaks: [
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
