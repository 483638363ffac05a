import type { ForgottenRule } from "./forgotten-rule.js";

/** Rules about members that are forgotten (rooms/v12#authorisation-rules 5). */
export const FORGOTTEN_MEMBERSHIP_RULES: readonly ForgottenRule[] = [
  {
    name: "memberships-without-key",
    summary: "Member events are taken in although they concern nobody",
    requirement: "FED-AR-018",
  },
  { name: "joins-for-others", summary: "A user may make others join", requirement: "FED-AR-021" },
  {
    name: "banned-users-join",
    summary: "A ban does not keep anybody from joining",
    requirement: "FED-AR-022",
    alsoBreaks: [{ scenarios: ["rejection/hidden-by-kind"], because: "what it wants refused is such a join" }],
  },
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
          "knocking/asking-to-be-let-in",
          "restricted-joins/knocks-and-vouchers",
          "restricted-joins/members-of-the-council",
          "restricted-joins/next-server",
          "restricted-joins/users-of-the-same-server",
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
      { scenarios: ["rejection/hidden-by-kind"], because: "what it wants refused is such a join" },
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
      {
        scenarios: ["membership/invited-by-address", "third-party-invites/as-other-servers-see-it"],
        because: "what they are about rests on this rule, too",
      },
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
      {
        scenarios: ["membership/invited-by-address", "third-party-invites/as-other-servers-see-it"],
        because: "what they are about rests on this rule, too",
      },
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
    alsoBreaks: [
      {
        scenarios: ["third-party-invites/keys-that-no-longer-hold"],
        because: "its invitation that holds is refused with those that do not",
      },
    ],
  },
  {
    name: "any-identity-server",
    summary: "Anybody's signature stands for that of the identity server",
    requirement: "FED-AR-038",
    alsoBreaks: [
      {
        scenarios: ["third-party-invites/joining-with-a-word"],
        because: "what they are about rests on this rule, too",
      },
    ],
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
        scenarios: [
          "authorisation/further-creators-before-their-time",
          "authorisation/levels-not-written-down",
          "room-version-12/before-any-levels",
        ],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "outsiders-ban",
    summary: "Users who are not in a room may ban others from it",
    requirement: "FED-AR-049",
    alsoBreaks: [
      {
        scenarios: ["state-resolution/hidden-ban-takes-effect"],
        because: "its ban is hidden only because whoever wrote it had left",
      },
    ],
  },
  {
    name: "anybody-may-ban",
    summary: "Banning somebody needs no power",
    requirement: "FED-AR-051",
    alsoBreaks: [
      { scenarios: ["rejection/told-on-joining"], because: "what it wants refused is such a ban" },
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
];
