import {
  ADMIN,
  type AuthCase,
  BANNED,
  CREATOR,
  INVITED,
  joinRules,
  KNOCKING,
  levels,
  MEMBER,
  member,
  REMOTE,
  STRANGER,
  USERS,
} from "../../../support/auth-case.js";

const by = (user: string) => ({ join_authorised_via_users_server: user });
const inviteAt50 = levels({ users: USERS, invite: 50 });
const strangerJoins = member(STRANGER, "join");

const FIRST_JOIN: readonly AuthCase[] = [
  {
    rule: "FED-AR-020",
    allowed: true,
    when: "the creator joins right after create",
    versions: "1-12",
    event: { ...member(CREATOR, "join"), prev: ["create"] },
    without: ["m.room.member", "m.room.power_levels", "m.room.join_rules"],
  },
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "someone else joins right after create",
    versions: "1-12",
    event: { ...strangerJoins, prev: ["create"] },
    without: ["m.room.member", "m.room.power_levels", "m.room.join_rules"],
  },
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "an additional creator joins right after create",
    versions: "12",
    event: { ...strangerJoins, prev: ["create"] },
    state: [
      { type: "m.room.create", state_key: "", sender: CREATOR, content: { additional_creators: [STRANGER] } },
      joinRules("invite"),
    ],
  },
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "the creator joins after create and something else",
    versions: "1-12",
    event: { ...member(CREATOR, "join"), prev: ["create", "$other"] },
    without: ["m.room.member", "m.room.power_levels", "m.room.join_rules"],
  },
  {
    rule: "FED-AR-020",
    allowed: true,
    when: "content.creator, not the sender of create, joins first",
    versions: "1-10",
    event: { ...strangerJoins, prev: ["create"] },
    state: [
      { type: "m.room.create", state_key: "", sender: CREATOR, content: { creator: STRANGER } },
      joinRules("invite"),
    ],
  },
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "content.creator, not the sender of create, joins first",
    versions: "11-12",
    event: { ...strangerJoins, prev: ["create"] },
    state: [
      { type: "m.room.create", state_key: "", sender: CREATOR, content: { creator: STRANGER } },
      joinRules("invite"),
    ],
  },
];

const JOIN_RULES: readonly AuthCase[] = [
  {
    rule: "FED-AR-021",
    allowed: false,
    when: "someone joins another",
    versions: "1-12",
    event: member(STRANGER, "join", ADMIN),
  },
  { rule: "FED-AR-022", allowed: false, when: "someone banned joins", versions: "1-12", event: member(BANNED, "join") },
  ...[INVITED, MEMBER].map(
    (user): AuthCase => ({
      rule: "FED-AR-023",
      allowed: true,
      when: `${user} joins under invite`,
      versions: "1-12",
      event: member(user, "join"),
      state: [joinRules("invite")],
    }),
  ),
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "a stranger joins under invite",
    versions: "1-12",
    event: strangerJoins,
    state: [joinRules("invite")],
  },
  {
    rule: "FED-AR-024",
    allowed: true,
    when: "someone invited joins under knock",
    versions: "7-12",
    event: member(INVITED, "join"),
    state: [joinRules("knock")],
  },
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "someone invited joins under knock",
    versions: "1-6",
    event: member(INVITED, "join"),
    state: [joinRules("knock")],
  },
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "someone knocking joins under knock",
    versions: "7-12",
    event: member(KNOCKING, "join"),
    state: [joinRules("knock")],
  },
  { rule: "FED-AR-029", allowed: true, when: "a stranger joins under public", versions: "1-12", event: strangerJoins },
  ...["private", "org.example.odd"].map(
    (rule): AuthCase => ({
      rule: "FED-AR-030",
      allowed: false,
      when: `someone invited joins under ${rule}`,
      versions: "1-12",
      event: member(INVITED, "join"),
      state: [joinRules(rule)],
    }),
  ),
];

/** The restricted rules under one join rule, in the versions that know it. */
function restricted(rule: string, versions: string): AuthCase[] {
  const state = [joinRules(rule), inviteAt50];
  const join = (user: string, authoriser: string) => member(user, "join", user, by(authoriser));
  const signedBy = ["a.example", "b.example", "c.example"];
  return [
    {
      rule: "FED-AR-025",
      allowed: true,
      when: `someone invited joins under ${rule}`,
      versions,
      event: member(INVITED, "join"),
      state,
    },
    {
      rule: "FED-AR-025",
      allowed: true,
      when: `a member changes profile under ${rule}`,
      versions,
      event: member(MEMBER, "join"),
      state,
    },
    {
      rule: "FED-AR-026",
      allowed: false,
      when: `nobody authorises a join under ${rule}`,
      versions,
      event: strangerJoins,
      state,
    },
    {
      rule: "FED-AR-026",
      allowed: false,
      when: `an absent user authorises under ${rule}`,
      versions,
      event: join(STRANGER, INVITED),
      state,
      signedBy,
    },
    {
      rule: "FED-AR-026",
      allowed: false,
      when: `a user below invite authorises under ${rule}`,
      versions,
      event: join(STRANGER, REMOTE),
      state,
      signedBy,
    },
    {
      rule: "FED-AR-027",
      allowed: true,
      when: `an administrator authorises under ${rule}`,
      versions,
      event: join(STRANGER, ADMIN),
      state,
      signedBy,
    },
    {
      rule: "FED-AR-019",
      allowed: false,
      when: `the authorising server has not signed under ${rule}`,
      versions,
      event: join(STRANGER, ADMIN),
      state,
      signedBy: ["c.example"],
    },
  ];
}

export const JOIN_CASES: readonly AuthCase[] = [
  ...FIRST_JOIN,
  ...JOIN_RULES,
  ...restricted("restricted", "8-12"),
  ...restricted("knock_restricted", "10-12"),
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "someone invited joins under restricted",
    versions: "1-7",
    event: member(INVITED, "join"),
    state: [joinRules("restricted")],
  },
  {
    rule: "FED-AR-030",
    allowed: false,
    when: "someone invited joins under knock_restricted",
    versions: "1-9",
    event: member(INVITED, "join"),
    state: [joinRules("knock_restricted")],
  },
  {
    rule: "FED-AR-019",
    allowed: false,
    when: "the authoriser is not a user id",
    versions: "8-12",
    event: member(STRANGER, "join", STRANGER, { join_authorised_via_users_server: 5 }),
  },
  {
    rule: "FED-AR-019",
    allowed: false,
    when: "a leave names an authoriser whose server has not signed",
    versions: "8-12",
    event: member(MEMBER, "leave", MEMBER, by(REMOTE)),
  },
  {
    rule: "FED-AR-029",
    allowed: true,
    when: "an unsigned authoriser is named where the key means nothing",
    versions: "1-7",
    event: member(STRANGER, "join", STRANGER, by(ADMIN)),
  },
];
