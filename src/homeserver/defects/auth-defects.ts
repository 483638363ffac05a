import type { Defect } from "./defect.js";
import { FORGOTTEN_RULES } from "./forgotten-rules.js";
import { LEVEL_DEFECTS } from "./level-defects.js";

/** Faults in the authorisation rules: rules forgotten, and rules got wrong. */
export const AUTH_DEFECTS: readonly Defect[] = [
  ...FORGOTTEN_RULES,
  ...LEVEL_DEFECTS,
  {
    name: "refuses-other-times",
    summary: "Messages that bear a time of long ago or of later are refused",
    requirement: "FED-SEC-010",
    alsoBreaks: [
      { scenarios: ["timestamps/jump-to-a-day"], because: "a message of the day before is to be read there" },
    ],
  },
  {
    name: "unsigned-vouchers",
    summary: "Nobody looks whether the server of whoever vouches has signed",
    requirement: "FED-AR-019",
  },
  {
    name: "knock-restricted-unknown",
    summary: "Rooms that take knocks and vouched-for users admit nobody",
    requirement: "FED-AR-028",
    alsoBreaks: [{ scenarios: ["knocking/asking-to-be-let-in"], because: "one of its rooms is such a room" }],
  },
  { name: "knows-every-join-rule", summary: "Old rooms follow join rules that came later", requirement: "FED-AR-030" },
  {
    name: "leaves-from-anywhere",
    summary: "Users may leave rooms that they are not in, or are banned from",
    requirement: "FED-AR-044",
    alsoBreaks: [
      { scenarios: ["leaving/malformed-leaves"], because: "one of the leaves is of a user who was never there" },
      { scenarios: ["membership/leaving-older-rooms"], because: "what they are about rests on this rule, too" },
    ],
  },
  {
    name: "knocks-cannot-be-taken-back",
    summary: "Whoever has knocked cannot take it back",
    requirement: "FED-AR-044",
  },
  {
    name: "members-of-closed-rooms-stay-as-they-are",
    summary: "In rooms by invitation, members cannot renew their membership, as a new name does",
    requirement: "FED-AR-023",
    alsoBreaks: [
      {
        scenarios: ["state-resolution/version-12-return-between-states"],
        because: "a user who is a member already joins again in it",
      },
    ],
  },
  {
    name: "invite-level-must-be-exceeded",
    summary: "Whoever stands just at the level for inviting cannot invite",
    requirement: "FED-AR-041",
    alsoBreaks: [
      { scenarios: ["authorisation/levels-not-written-down"], because: "what they are about rests on this rule, too" },
    ],
  },
  {
    name: "kick-level-must-be-exceeded",
    summary: "Whoever stands just at the level for removing cannot remove anybody",
    requirement: "FED-AR-047",
    alsoBreaks: [
      {
        scenarios: ["state-resolution/a-refusal-is-not-the-end"],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "ban-level-must-be-exceeded",
    summary: "Whoever stands just at the level for banning cannot ban anybody",
    requirement: "FED-AR-050",
  },
  { name: "knocks-only-once", summary: "Whoever has knocked cannot knock again", requirement: "FED-AR-055" },
  {
    name: "equals-remove-each-other",
    summary: "Users may remove their equals",
    requirement: "FED-AR-047",
    alsoBreaks: [
      {
        scenarios: [
          "authorisation/further-creators-before-their-time",
          "authorisation/no-levels-at-all",
          "membership/equals-cannot-remove-each-other",
          "room-version-12/creators-above-all",
        ],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "equals-ban-each-other",
    summary: "Users may ban their equals",
    requirement: "FED-AR-050",
    alsoBreaks: [{ scenarios: ["rejection/told-on-joining"], because: "what it wants refused is such a ban" }],
  },
  { name: "knocks-in-old-rooms", summary: "Knocks are taken in rooms that know none", requirement: "FED-AR-057" },
  {
    name: "aliases-without-power",
    summary: "In newer rooms lists of aliases need no membership and no power",
    requirement: "FED-AR-060",
  },
  {
    name: "strings-refused-in-old-rooms",
    summary: "Power levels written as texts are refused where they are legal",
    requirement: "FED-AR-075",
  },
  {
    name: "notification-levels-checked-in-old-rooms",
    summary: "Levels of notifications are judged in rooms that leave them alone",
    requirement: "FED-AR-075",
  },
  {
    name: "creators-at-hundred",
    summary: "Creators have the power of a room's maker in older rooms, and no more",
    requirement: "FED-RV12-011",
  },
  {
    name: "additional-creators-are-ordinary",
    summary: "Only who made a room counts as its creator",
    requirement: "FED-AR-082",
    alsoBreaks: [
      {
        scenarios: [
          "room-version-12/before-any-levels",
          "room-version-12/creators-come-in-like-anyone",
          "room-version-12/levels-name-no-creator",
        ],
        because: "what they are about rests on this rule, too",
      },
    ],
  },
  {
    name: "missing-levels-are-zero",
    summary: "A power level that is not written down counts as zero",
    requirement: "FED-AR-083",
  },
  {
    name: "skips-auth-by-auth-events",
    summary: "Nobody looks whether an event is allowed by the very events that it cites",
    requirement: "FED-PDU-005",
    alsoBreaks: [{ scenarios: ["rejection/told-on-joining"], because: "what it wants refused is told by its proof" }],
  },
  {
    name: "knows-further-creators",
    summary: "In older rooms, too, whoever is listed as a further creator has a creator's power",
    requirement: "FED-RV12-014",
  },
  {
    name: "creators-enter-uninvited",
    summary: "Further creators enter closed rooms uninvited",
    requirement: "FED-RV12-010",
  },
  {
    name: "names-creator-in-content",
    summary: "The first event of a room repeats who made it where its sender says so",
    requirement: "FED-RV12-004",
  },
  {
    name: "replacing-takes-no-more-power",
    summary: "Rooms that creators rule can be replaced by whoever may set any state",
    requirement: "FED-RV12-007",
  },
  {
    name: "local-joins-without-condition",
    summary: "The conditions of restricted rooms do not hold for users of the same server",
    requirement: "FED-RJOIN-014",
  },
  {
    name: "aliases-as-other-state",
    summary: "In old rooms lists of aliases are held to the rules for other state",
    requirement: "FED-AR-017",
  },
];
