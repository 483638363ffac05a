import type { EventId, Pdu } from "../matrix/pdu.js";
import { type StateKey, type StateMap, splitStateKey, stateKey } from "../matrix/state-map.js";
import type { ResolutionAccount } from "../matrix/state-resolution/resolve.js";
import { entryWords, valueWords, type Who } from "./event-words.js";

/** An entry of a room's state in words. */
export interface ComparedEntry {
  /** “the topic” */
  readonly entry: string;
  /** What the specification's algorithm gives. */
  readonly right: string;
  /** What the server gave, where that is something else. */
  readonly given?: string;
}

export interface StateComparison {
  /** What was in dispute, what the told events are about, and all that differs. */
  readonly entries: readonly ComparedEntry[];
  /** How many more entries there are, on which nothing differs. */
  readonly others: number;
}

interface Material {
  readonly right: StateMap;
  readonly disputed: ReadonlySet<StateKey>;
  /** The event ids of the server's answer; nothing is compared without. */
  readonly given?: ReadonlySet<EventId>;
}

interface Teller {
  readonly material: { readonly names: ReadonlyMap<EventId, string>; readonly who: Who };
  event(id: EventId): Pdu | undefined;
}

export function disputedKeys(account: ResolutionAccount | undefined): ReadonlySet<StateKey> {
  return new Set((account?.steps ?? []).flatMap((step) => (step.step === "conflict" ? [step.key] : [])));
}

/** The entries worth telling of a state, beside those of a server's answer. */
export function stateComparison(teller: Teller, { right, disputed, given }: Material): StateComparison {
  const { names, who } = teller.material;
  const answered = given === undefined ? undefined : byKey(teller, given);
  const told = [...names.keys()].flatMap((id) => keyOf(teller.event(id)) ?? []);
  const keys = new Set([...right.keys(), ...(answered?.keys() ?? [])]);
  const differs = (key: StateKey) => answered !== undefined && !same(answered.get(key), right.get(key));
  const shown = [...keys, ...disputed, ...told].filter(
    (key, at, all) => all.indexOf(key) === at && (disputed.has(key) || told.includes(key) || differs(key)),
  );
  const entries = shown.map((key): ComparedEntry => {
    const [type, of] = splitStateKey(key);
    const entry = entryWords(type, of, who);
    const expected = heldWords(teller, right.get(key));
    if (!differs(key)) return { entry, right: expected };
    const held = answered?.get(key) ?? [];
    return { entry, right: expected, given: held.map((id) => heldWords(teller, id)).join("; and ") || "nothing" };
  });
  return { entries: entries.sort(differingFirst), others: Math.max(0, keys.size - shown.length) };
}

/** For each disputed entry what else the branches had for it, as if a server had given that. */
export function alternatives(teller: Teller, { steps }: ResolutionAccount, right: StateMap): readonly ComparedEntry[] {
  const { who } = teller.material;
  return steps.flatMap((step): readonly ComparedEntry[] => {
    if (step.step !== "conflict") return [];
    const [type, of] = splitStateKey(step.key);
    const options = [...step.candidates, ...(step.absent ? [undefined] : [])];
    const lost = options.filter((id) => id !== right.get(step.key)).map((id) => heldWords(teller, id));
    return [
      { entry: entryWords(type, of, who), right: heldWords(teller, right.get(step.key)), given: lost.join("; or ") },
    ];
  });
}

/** An event's own entry: held before by `right`, and by itself as `given`. */
export function consequence(teller: Teller, id: EventId, before: StateMap = new Map()): ComparedEntry | undefined {
  const key = keyOf(teller.event(id));
  if (key === undefined) return undefined;
  const [type, of] = splitStateKey(key);
  return {
    entry: entryWords(type, of, teller.material.who),
    right: heldWords(teller, before.get(key)),
    given: heldWords(teller, id),
  };
}

function differingFirst(a: ComparedEntry, b: ComparedEntry): number {
  return Number(b.given !== undefined) - Number(a.given !== undefined);
}

function same(given: readonly EventId[] | undefined, right: EventId | undefined): boolean {
  return given === undefined ? right === undefined : given.length === 1 && given[0] === right;
}

/** The events of an answer by their entries. An id that nobody can show is an entry of its own. */
function byKey(teller: Teller, given: ReadonlySet<EventId>): ReadonlyMap<StateKey, readonly EventId[]> {
  const held = new Map<StateKey, EventId[]>();
  for (const id of given) {
    const key = keyOf(teller.event(id)) ?? stateKey("an event that did not travel", id);
    held.set(key, [...(held.get(key) ?? []), id]);
  }
  return held;
}

function keyOf(event: Pdu | undefined): StateKey | undefined {
  return event?.state_key === undefined ? undefined : stateKey(event.type, event.state_key);
}

/** “banned, by “ban””: the value, and the event that holds it where it has a name. */
function heldWords(teller: Teller, id: EventId | undefined): string {
  if (id === undefined) return "nothing";
  const { names, who } = teller.material;
  const held = teller.event(id);
  const name = names.get(id);
  const value = held === undefined ? id : valueWords(held, who);
  return name === undefined ? value : `${value}, by “${name}”`;
}
