import { expect } from "chai";
import { expectSameEveryWay } from "../../support/every-way.js";
import {
  ALICE,
  BOB,
  CHARLIE,
  join,
  joinRules,
  levels,
  membership,
  message,
  opening,
  Story,
  state,
  type Told,
  topic,
} from "../../support/story.js";

const VERSIONS = ["1", "2", "6", "10", "11", "12"] as const;
type Version = (typeof VERSIONS)[number];

/** A case that the specification or one of its proposals tells, in numbers of our own: what the room is like before `merge`. */
interface WorkedCase {
  readonly title: string;
  readonly nodes: (version: Version) => readonly Told[];
  readonly expected: (version: Version) => Readonly<Record<string, string | undefined>>;
}

const own = (version: Version) => (version === "12" ? {} : { [ALICE]: 100 });

const CASES: readonly WorkedCase[] = [
  {
    title: "server-server-api#room-state-resolution: two names on two branches of different length",
    nodes: (version) => [
      ...opening(version, { [BOB]: 50 }),
      join("bob", BOB, { prev: ["rules"] }),
      message("e2", ALICE, { prev: ["bob"] }),
      state("e3", ALICE, "m.room.name", "", { name: "three" }, { prev: ["e2"], ts: 50_000 }),
      state("e4", BOB, "m.room.name", "", { name: "four" }, { prev: ["bob"], ts: 60_000 }),
      message("merge", ALICE, { prev: ["e3", "e4"] }),
    ],
    // Version 1 goes by depth; later ones, of two names under the same power levels, take the later.
    expected: (version) => ({ "m.room.name": version === "1" ? "e3" : "e4" }),
  },
  {
    title: "server-server-api#soft-failure: a banned user's topic beside the ban",
    nodes: (version) => [
      ...opening(version, { [BOB]: 50 }),
      join("bob", BOB, { prev: ["rules"] }),
      membership("ban", ALICE, BOB, "ban", { prev: ["bob"] }),
      topic("evading", BOB, { prev: ["bob"] }),
      message("merge", ALICE, { prev: ["ban", "evading"] }),
    ],
    // The first algorithm takes what only one branch has; the later ones put the ban first.
    expected: (version) => ({ "m.room.topic": version === "1" ? "evading" : undefined, [`member ${BOB}`]: "ban" }),
  },
  {
    title: "MSC1442: Alice gives Bob power, he gives it to Charlie, who uses it; the middle is in neither state",
    nodes: (version) => [
      ...opening(version),
      join("bob", BOB, { prev: ["rules"] }),
      join("charlie", CHARLIE, { prev: ["bob"] }),
      levels("a", ALICE, { ...own(version), [BOB]: 100 }, { prev: ["charlie"] }),
      levels("b", BOB, { ...own(version), [BOB]: 100, [CHARLIE]: 100 }, { prev: ["a"] }),
      levels("c", CHARLIE, { ...own(version), [BOB]: 100, [CHARLIE]: 100 }, { prev: ["b"] }, { ban: 75 }),
      topic("aside", ALICE, { prev: ["a"] }),
      message("merge", ALICE, { prev: ["c", "aside"] }),
    ],
    // Version 1 checks the last change against the first, in which Charlie has no power.
    expected: (version) => ({ "m.room.power_levels": version === "1" ? "a" : "c", "m.room.topic": "aside" }),
  },
  {
    title: "MSC1442: somebody left, came back and left again, and a branch knows of the first leaving only",
    nodes: (version) => [
      ...opening(version),
      join("bob", BOB, { prev: ["rules"] }),
      membership("left", BOB, BOB, "leave", { prev: ["bob"] }),
      join("back", BOB, { prev: ["left"] }),
      membership("gone", BOB, BOB, "leave", { prev: ["back"] }),
      message("aside", ALICE, { prev: ["left"] }),
      message("merge", ALICE, { prev: ["gone", "aside"] }),
    ],
    // Version 1 tries the second leaving after the first alone, where there is nobody to leave.
    expected: (version) => ({ [`member ${BOB}`]: version === "1" ? "left" : "gone" }),
  },
  {
    title: "MSC1442: a join beside the closing of the room",
    nodes: (version) => [
      ...opening(version),
      joinRules("closed", ALICE, "invite", { prev: ["rules"] }),
      join("bob", BOB, { prev: ["rules"] }),
      message("merge", ALICE, { prev: ["closed", "bob"] }),
    ],
    expected: (version) => ({
      "m.room.join_rules": "closed",
      [`member ${BOB}`]: version === "1" ? "bob" : undefined,
    }),
  },
];

describe("worked cases of the specification", () => {
  for (const { title, nodes, expected } of CASES) {
    for (const version of VERSIONS) {
      it(`${title} (version ${version})`, () => {
        const story = new Story(version, nodes(version));
        const before = story.named(story.outcome("merge").stateBefore);
        for (const [entry, name] of Object.entries(expected(version))) {
          const given = entry.startsWith("member ") ? before.member(entry.slice(7)) : before.at(entry, "");
          expect(given, entry).to.equal(name);
        }
        for (let cut = 4; cut < story.outcomes.size; cut += 1) expectSameEveryWay(story, cut);
      });
    }
  }
});
