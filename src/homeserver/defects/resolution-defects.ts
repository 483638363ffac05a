import type { Defect } from "./defect.js";

/** Wrong ways to join branches of a room: plausible algorithms that are not the room version's. */
export const RESOLUTION_DEFECTS: readonly Defect[] = [
  {
    name: "first-writer-wins",
    summary: "Where branches of a room disagree, the oldest event wins",
    requirement: "FED-SR2-036",
  },
  {
    name: "deepest-event-wins",
    summary: "Where branches of a room disagree, the event with the greatest depth wins",
    requirement: "FED-SR2-038",
  },
  {
    name: "strongest-author-wins",
    summary: "Where branches of a room disagree, the event of whoever stands highest wins",
    requirement: "FED-SR2-036",
  },
  {
    name: "most-branches-win",
    summary: "Where branches of a room disagree, the event that most of them hold wins",
    requirement: "FED-SR2-039",
  },
  {
    name: "drops-what-one-branch-lacks",
    summary: "What only some branches of a room hold is dropped where they are joined",
    requirement: "FED-SR2-003",
  },
  {
    name: "keeps-one-branch-whole",
    summary: "Where branches of a room are joined, one of them is kept and the others are forgotten",
    requirement: "FED-SR2-001",
  },
  {
    name: "goes-by-arrival",
    summary: "Of what two branches say, that counts which was there first",
    requirement: "FED-SEC-004",
  },
  {
    name: "resolves-branches-in-pairs",
    summary: "Three branches are joined two by two instead of all at once",
    requirement: "FED-SR2-039",
  },
  {
    name: "resolves-all-like-version-1",
    summary: "Rooms of all versions are resolved as those of version 1 are",
    requirement: "FED-SR2-038",
  },
  {
    name: "resolves-all-like-version-2",
    summary: "Rooms of all versions are resolved as those of version 2 are",
    requirement: "FED-SR21-001",
  },
  {
    name: "one-branch-alone-is-agreed",
    summary: "What only one branch of a room holds is not disputed",
    requirement: "FED-SR2-003",
  },
  {
    name: "overlooks-auth-difference",
    summary: "Events that only prove others are not looked at where branches disagree",
    requirement: "FED-SR2-007",
  },
  {
    name: "auth-difference-of-one-branch",
    summary: "Events that prove others count as disputed only when a single branch knows them",
    requirement: "FED-SR2-006",
  },
  {
    name: "overlooks-conflicted-subgraph",
    summary: "What lies between disputed events is not looked at",
    requirement: "FED-SR21-003",
  },
  {
    name: "subgraph-of-power-levels-alone",
    summary: "Of what lies between disputed events only power levels are looked at",
    requirement: "FED-SR21-004",
  },
  {
    name: "begins-with-agreed-state",
    summary: "In rooms of version 12 disputed events are weighed against the state that is agreed upon",
    requirement: "FED-SR21-001",
  },
  {
    name: "begins-with-nothing",
    summary: "In rooms before version 12 disputed events are weighed without the state that is agreed upon",
    requirement: "FED-SR2-017",
  },
  {
    name: "disputed-outlasts-agreed",
    summary: "What all branches agree upon is overwritten by what is disputed",
    requirement: "FED-SR2-028",
  },
  {
    name: "forgets-agreed-state",
    summary: "In rooms of version 12 what all branches agree upon is lost where they are joined",
    requirement: "FED-SR21-007",
  },
  {
    name: "join-rules-without-power",
    summary: "Join rules get no precedence where branches disagree",
    requirement: "FED-SR2-008",
  },
  {
    name: "kicks-without-power",
    summary: "Removals get no precedence where branches disagree",
    requirement: "FED-SR2-008",
  },
  { name: "bans-without-power", summary: "Bans get no precedence where branches disagree", requirement: "FED-SR2-032" },
  {
    name: "leaving-has-power",
    summary: "Leaving of one's own accord gets precedence where branches disagree",
    requirement: "FED-SR2-009",
  },
  { name: "joining-has-power", summary: "Joining gets precedence where branches disagree", requirement: "FED-SR2-009" },
  {
    name: "power-events-without-their-chain",
    summary: "What a ban rests upon is not weighed before the ban",
    requirement: "FED-SR2-011",
  },
  {
    name: "power-without-causality",
    summary: "An event that gives power can be weighed after the one that uses it",
    requirement: "FED-SR2-012",
  },
  {
    name: "power-without-rank",
    summary: "Demotions and bans are weighed by time alone, whoever made them",
    requirement: "FED-SR2-013",
  },
  {
    name: "rank-before-the-dispute",
    summary: "Whoever rose or fell in one branch is ranked as before",
    requirement: "FED-SR2-013",
  },
  {
    name: "later-power-first",
    summary: "Of two equals the later one's decision is weighed first",
    requirement: "FED-SR2-014",
  },
  { name: "times-as-text", summary: "Times are compared as texts instead of numbers", requirement: "FED-SR2-024" },
  {
    name: "greater-id-first",
    summary: "Of events of the same moment the one with the greater id is weighed first",
    requirement: "FED-SR2-015",
  },
  {
    name: "founder-without-rank",
    summary: "A room's founder ranks below all others until levels are written down",
    requirement: "FED-SR2-016",
  },
  {
    name: "creators-rank-as-others",
    summary: "In rooms of version 12 a creator's decision can be weighed after a member's with high level",
    requirement: "FED-SR21-009",
  },
  {
    name: "no-mainline",
    summary: "Names and topics are weighed by time alone, whatever rules they were set under",
    requirement: "FED-SR2-024",
  },
  {
    name: "newer-rules-first",
    summary: "Names and topics set under newer rules are weighed before those under older ones",
    requirement: "FED-SR2-024",
  },
  {
    name: "mainline-of-older-rules",
    summary: "Names and topics are weighed by the rules from before the dispute",
    requirement: "FED-SR2-025",
  },
  {
    name: "unrooted-comes-last",
    summary: "What was set without any power levels is weighed last instead of first",
    requirement: "FED-SR2-023",
  },
  {
    name: "rest-goes-unchecked",
    summary: "After power levels, bans and join rules were weighed, all else that is disputed is taken unexamined",
    requirement: "FED-SR2-027",
  },
  {
    name: "later-first-without-rules",
    summary: "Where a room has no power levels, the later of two disputed names is weighed first",
    requirement: "FED-SR2-026",
  },
  {
    name: "weighs-what-its-proof-forbids",
    summary: "An event that its own auth events rejected is weighed where branches are joined",
    requirement: "FED-SR2-030",
    alsoBreaks: [
      {
        scenarios: ["events/beyond-ones-power", "rejection/stays-rejected"],
        because: "they build on what was refused",
      },
    ],
  },
  {
    name: "agreed-state-comes-in-early",
    summary: "In rooms of version 12 names and topics are weighed against what all branches agree upon",
    requirement: "FED-SR21-002",
  },
  {
    name: "stops-at-a-refusal",
    summary: "The first disputed event that is refused ends the weighing of all others",
    requirement: "FED-SR2-018",
  },
  {
    name: "overlooks-cited-proof",
    summary: "Where the state says nothing of a sender, the event's own proof is not looked at",
    requirement: "FED-SR2-019",
  },
  {
    name: "overlooks-named-create",
    summary: "A create event that only the room id names is not found when branches are joined",
    requirement: "FED-SR21-008",
  },
  {
    name: "v1-one-branch-alone-conflicts",
    summary: "In rooms of version 1 what only one branch holds is disputed",
    requirement: "FED-SR1-004",
  },
  {
    name: "v1-power-levels-last",
    summary: "In rooms of version 1 names and topics are weighed before power levels",
    requirement: "FED-SR1-006",
  },
  {
    name: "v1-checks-the-first-too",
    summary: "In rooms of version 1 the first of several disputed events can be refused",
    requirement: "FED-SR1-008",
  },
  {
    name: "v1-goes-on-after-a-refusal",
    summary: "In rooms of version 1 events are still weighed after one that was refused",
    requirement: "FED-SR1-009",
  },
  {
    name: "v1-greatest-hash-wins",
    summary: "In rooms of version 1 the greater fingerprint decides between events of the same depth",
    requirement: "FED-SR1-011",
  },
  {
    name: "v1-smallest-id-wins",
    summary: "In rooms of version 1 the event id itself decides between events of the same depth",
    requirement: "FED-SR1-012",
  },
  {
    name: "v1-shallowest-wins",
    summary: "In rooms of version 1 the event of least depth wins",
    requirement: "FED-SR1-014",
  },
];
