import {
  ADMIN,
  type AuthCase,
  BANNED,
  CREATOR,
  INVITED,
  KNOCKING,
  levels,
  MEMBER,
  MODERATOR,
  member,
  REMOTE,
  STRANGER,
} from "../../../support/auth-case.js";

const additional = {
  type: "m.room.create",
  state_key: "",
  sender: CREATOR,
  content: { additional_creators: [REMOTE] },
};
const lowBan = levels({ users: { [MODERATOR]: 50 }, ban: 50, kick: 60 });

const INVITE: readonly AuthCase[] = [
  {
    rule: "FED-AR-039",
    allowed: false,
    when: "a stranger invites",
    versions: "1-12",
    event: member("@new:c.example", "invite", STRANGER),
  },
  {
    rule: "FED-AR-040",
    allowed: false,
    when: "a member is invited",
    versions: "1-12",
    event: member(MEMBER, "invite", ADMIN),
  },
  {
    rule: "FED-AR-040",
    allowed: false,
    when: "someone banned is invited",
    versions: "1-12",
    event: member(BANNED, "invite", ADMIN),
  },
  {
    rule: "FED-AR-041",
    allowed: true,
    when: "a member invites a stranger",
    versions: "1-12",
    event: member(STRANGER, "invite", MEMBER),
  },
  {
    rule: "FED-AR-041",
    allowed: true,
    when: "someone knocking is invited",
    versions: "7-12",
    event: member(KNOCKING, "invite", MEMBER),
  },
  {
    rule: "FED-AR-042",
    allowed: false,
    when: "a member below the invite level invites",
    versions: "1-12",
    event: member(STRANGER, "invite", MEMBER),
    state: [levels({ invite: 1 })],
  },
  {
    rule: "FED-AR-041",
    allowed: true,
    when: "a creator invites above every level",
    versions: "12",
    event: member(STRANGER, "invite", CREATOR),
    state: [levels({ invite: Number.MAX_SAFE_INTEGER })],
  },
];

const SELF_LEAVE: readonly AuthCase[] = [
  ...[MEMBER, INVITED].flatMap((user): AuthCase[] => [
    { rule: "FED-AR-043", allowed: true, when: `${user} leaves`, versions: "1-6", event: member(user, "leave") },
    { rule: "FED-AR-044", allowed: true, when: `${user} leaves`, versions: "7-12", event: member(user, "leave") },
  ]),
  ...[BANNED, STRANGER].flatMap((user): AuthCase[] => [
    { rule: "FED-AR-043", allowed: false, when: `${user} leaves`, versions: "1-6", event: member(user, "leave") },
    { rule: "FED-AR-044", allowed: false, when: `${user} leaves`, versions: "7-12", event: member(user, "leave") },
  ]),
  {
    rule: "FED-AR-043",
    allowed: false,
    when: "a knock is withdrawn",
    versions: "1-6",
    event: member(KNOCKING, "leave"),
  },
  {
    rule: "FED-AR-044",
    allowed: true,
    when: "a knock is withdrawn",
    versions: "7-12",
    event: member(KNOCKING, "leave"),
  },
];

const KICK: readonly AuthCase[] = [
  {
    rule: "FED-AR-045",
    allowed: false,
    when: "a stranger kicks",
    versions: "1-12",
    event: member(MEMBER, "leave", STRANGER),
  },
  {
    rule: "FED-AR-046",
    allowed: false,
    when: "a member unbans",
    versions: "1-12",
    event: member(BANNED, "leave", MEMBER),
  },
  {
    rule: "FED-AR-047",
    allowed: true,
    when: "a moderator unbans",
    versions: "1-12",
    event: member(BANNED, "leave", MODERATOR),
  },
  {
    rule: "FED-AR-048",
    allowed: false,
    when: "someone with the ban level but not the kick level unbans",
    versions: "1-12",
    event: member(BANNED, "leave", MODERATOR),
    state: [lowBan],
  },
  {
    rule: "FED-AR-047",
    allowed: true,
    when: "a moderator kicks a member",
    versions: "1-12",
    event: member(MEMBER, "leave", MODERATOR),
  },
  {
    rule: "FED-AR-048",
    allowed: false,
    when: "a member kicks a member",
    versions: "1-12",
    event: member(REMOTE, "leave", MEMBER),
  },
  {
    rule: "FED-AR-048",
    allowed: false,
    when: "a moderator kicks a moderator",
    versions: "1-12",
    event: member(MODERATOR, "leave", "@other:a.example"),
    state: [member("@other:a.example", "join"), levels({ users: { [MODERATOR]: 50, "@other:a.example": 50 } })],
  },
  {
    rule: "FED-AR-048",
    allowed: false,
    when: "the highest level kicks the creator",
    versions: "12",
    event: member(CREATOR, "leave", ADMIN),
    state: [levels({ users: { [ADMIN]: Number.MAX_SAFE_INTEGER } })],
  },
  {
    rule: "FED-AR-047",
    allowed: true,
    when: "the highest level kicks the creator",
    versions: "1-11",
    event: member(CREATOR, "leave", ADMIN),
  },
  {
    rule: "FED-AR-048",
    allowed: false,
    when: "a creator kicks a creator",
    versions: "12",
    event: member(REMOTE, "leave", CREATOR),
    state: [additional],
  },
];

const BAN: readonly AuthCase[] = [
  {
    rule: "FED-AR-049",
    allowed: false,
    when: "a stranger bans",
    versions: "1-12",
    event: member(MEMBER, "ban", STRANGER),
  },
  {
    rule: "FED-AR-050",
    allowed: true,
    when: "a moderator bans a member",
    versions: "1-12",
    event: member(MEMBER, "ban", MODERATOR),
  },
  {
    rule: "FED-AR-050",
    allowed: true,
    when: "a moderator bans a stranger",
    versions: "1-12",
    event: member(STRANGER, "ban", MODERATOR),
  },
  {
    rule: "FED-AR-051",
    allowed: false,
    when: "a member bans a member",
    versions: "1-12",
    event: member(REMOTE, "ban", MEMBER),
  },
  {
    rule: "FED-AR-051",
    allowed: false,
    when: "a moderator bans an administrator",
    versions: "1-12",
    event: member(ADMIN, "ban", MODERATOR),
  },
  {
    rule: "FED-AR-051",
    allowed: false,
    when: "an administrator bans an additional creator",
    versions: "12",
    event: member(REMOTE, "ban", ADMIN),
    state: [additional],
  },
  {
    rule: "FED-AR-050",
    allowed: true,
    when: "an additional creator bans an administrator",
    versions: "12",
    event: member(ADMIN, "ban", REMOTE),
    state: [additional],
  },
  {
    rule: "FED-AR-051",
    allowed: false,
    when: "additional_creators would lend power",
    versions: "1-10",
    event: member(ADMIN, "ban", REMOTE),
    state: [{ ...additional, content: { creator: CREATOR, additional_creators: [REMOTE] } }],
  },
];

export const MEMBER_CASES: readonly AuthCase[] = [...INVITE, ...SELF_LEAVE, ...KICK, ...BAN];
