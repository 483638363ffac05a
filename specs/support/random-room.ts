import fc from "fast-check";
import type { StateMap } from "../../src/matrix/state-map.js";
import {
  ALICE,
  BOB,
  CHARLIE,
  DAVE,
  join,
  joinRules,
  levels,
  membership,
  message,
  opening,
  Story,
  type Told,
  topic,
} from "./story.js";

const PEOPLE = [ALICE, BOB, CHARLIE, DAVE] as const;

/** One event of a random room: who does what to whom, after which earlier events, at what time. */
interface Act {
  readonly who: number;
  readonly whom: number;
  readonly what: number;
  readonly level: number;
  readonly prev: readonly number[];
  readonly ts: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(3),
  whom: fc.nat(3),
  what: fc.nat(8),
  level: fc.constantFrom(0, 50, 100),
  prev: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
  ts: fc.nat(20),
});

/** Small rooms with forks, merges, disputes over levels, membership, join rules and topics; many acts are refused. */
export function randomRoom(versions: readonly string[], maxLength = 14): fc.Arbitrary<Story> {
  const acts = fc.array(act, { minLength: 2, maxLength });
  return fc.tuple(fc.constantFrom(...versions), acts).map(([version, list]) => new Story(version, told(version, list)));
}

function told(version: string, acts: readonly Act[]): Told[] {
  const nodes: Told[] = [
    ...opening(version, { [BOB]: 100, [CHARLIE]: 50 }),
    join("bob", BOB, { prev: ["rules"] }),
    join("charlie", CHARLIE, { prev: ["bob"] }),
  ];
  for (const [index, one] of acts.entries()) {
    const prev = [...new Set(one.prev.map((back) => nodes.at(-1 - Math.min(back, index))?.name ?? "charlie"))];
    nodes.push(nodeOf(version, `n${index}`, one, { prev, ts: 20_000 + one.ts }));
  }
  return nodes;
}

function nodeOf(
  version: string,
  name: string,
  { who, whom, what, level }: Act,
  rest: { prev: string[]; ts: number },
): Told {
  const sender = PEOPLE[who] ?? ALICE;
  const target = PEOPLE[whom] ?? BOB;
  const named = version === "12" ? {} : { [ALICE]: 100 };
  const kinds = [
    () => topic(name, sender, rest),
    () => membership(name, sender, target, "leave", rest),
    () => membership(name, sender, target, "ban", rest),
    () => join(name, sender, rest),
    () => membership(name, sender, target, "invite", rest),
    () => joinRules(name, sender, level > 0 ? "public" : "invite", rest),
    () => levels(name, sender, { ...named, [BOB]: 50, ...(target === ALICE ? {} : { [target]: level }) }, rest),
    () => message(name, sender, rest),
  ];
  return (kinds[what] ?? (() => topic(name, sender, rest)))();
}

/** The states after the last events of a random room, on several branches where it has forked, and one partly out of date. */
export function statesOf(story: Story): StateMap[] {
  const states = [...story.outcomes.values()].slice(-4).map((outcome) => outcome.stateAfter);
  return [...states, new Map([...(states.at(-1) ?? []), ...story.stateOf("levels", "rules")])];
}
