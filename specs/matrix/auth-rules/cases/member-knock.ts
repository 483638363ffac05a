import {
  type AuthCase,
  BANNED,
  INVITED,
  joinRules,
  KNOCKING,
  MEMBER,
  member,
  STRANGER,
} from "../../../support/auth-case.js";

export const KNOCK_CASES: readonly AuthCase[] = [
  ...["public", "invite", "restricted"].flatMap((rule): AuthCase[] => [
    {
      rule: "FED-AR-052",
      allowed: false,
      when: `a stranger knocks under ${rule}`,
      versions: "7-9",
      event: member(STRANGER, "knock"),
      state: [joinRules(rule)],
    },
    {
      rule: "FED-AR-053",
      allowed: false,
      when: `a stranger knocks under ${rule}`,
      versions: "10-12",
      event: member(STRANGER, "knock"),
      state: [joinRules(rule)],
    },
  ]),
  {
    rule: "FED-AR-052",
    allowed: false,
    when: "a stranger knocks under knock_restricted",
    versions: "7-9",
    event: member(STRANGER, "knock"),
    state: [joinRules("knock_restricted")],
  },
  {
    rule: "FED-AR-055",
    allowed: true,
    when: "a stranger knocks under knock_restricted",
    versions: "10-12",
    event: member(STRANGER, "knock"),
    state: [joinRules("knock_restricted")],
  },
  {
    rule: "FED-AR-054",
    allowed: false,
    when: "someone knocks for another",
    versions: "7-12",
    event: member(STRANGER, "knock", MEMBER),
    state: [joinRules("knock")],
  },
  ...[STRANGER, KNOCKING].map(
    (user): AuthCase => ({
      rule: "FED-AR-055",
      allowed: true,
      when: `${user} knocks`,
      versions: "7-12",
      event: member(user, "knock"),
      state: [joinRules("knock")],
    }),
  ),
  ...[BANNED, INVITED, MEMBER].map(
    (user): AuthCase => ({
      rule: "FED-AR-056",
      allowed: false,
      when: `${user} knocks`,
      versions: "7-12",
      event: member(user, "knock"),
      state: [joinRules("knock")],
    }),
  ),
];
