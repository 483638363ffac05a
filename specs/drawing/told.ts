import { ToldHistory } from "../../src/drawing/told-history.js";
import { ALICE, BOB, join, membership, message, opening, Story, type Told, topic } from "../support/story.js";

/** People by the first part of their ids, written as names are. */
export const WHO = (userId: string) =>
  userId.replace(/^@(.)(.*):.*$/, (_all, a: string, b: string) => a.toUpperCase() + b);

/** Bob sets the topic while Alice bans him; then both branches are joined. */
export const QUARREL: readonly Told[] = [
  topic("topic", BOB, { prev: ["bob"] }),
  membership("ban", ALICE, BOB, "ban", { prev: ["bob"] }),
  message("merge", ALICE, { prev: ["topic", "ban"] }),
];

export interface TellOptions {
  readonly version?: string;
  /** In this order; as told unless said. */
  readonly arriving?: readonly string[];
  /** The names that the teller has; those of the nodes unless said. */
  readonly named?: readonly string[];
}

/** A room of Alice's in which Bob has level 50, and these nodes after he has joined. */
export function tell(nodes: readonly Told[], { version = "11", arriving, named }: TellOptions = {}) {
  const story = new Story(version, [
    ...opening(version, { [BOB]: 50 }),
    join("bob", BOB, { prev: ["rules"] }),
    ...nodes,
  ]);
  const names = ["bob", ...nodes.map(({ name }) => name)];
  const order = [...story.events.slice(0, 5), ...(arriving ?? names.slice(1)).map((name) => story.outcome(name))];
  const told = new ToldHistory({
    options: { rules: story.rules, signedBy: () => true },
    events: order.map(({ eventId, event }) => ({ eventId, event })),
    names: new Map((named ?? names).map((name) => [story.outcome(name).eventId, name])),
    who: WHO,
  });
  return { story, told, id: (name: string) => story.outcome(name).eventId };
}
