import type { EventId, Pdu } from "../matrix/pdu.js";
import type { RoomVersionRules } from "../matrix/room-versions.js";
import { type StateKey, splitStateKey, stateKey } from "../matrix/state-map.js";
import type { OrderedEvent, ResolutionStep } from "../matrix/state-resolution/account.js";
import type { ResolutionAccount } from "../matrix/state-resolution/resolve.js";
import { entryWords, type Who } from "./event-words.js";

/** One step of a reasoning, in words, and the requirement that demands it. */
export interface Decision {
  readonly text: string;
  readonly rule?: string;
  /** True where it is this that settles what was in dispute: an event is refused or gives way to another. */
  readonly decides?: true;
}

/** Who is who in an account. */
export interface Cast {
  readonly rules: RoomVersionRules;
  readonly who: Who;
  /** What an event is called in the drawing; an event that has no place in it, by what it is. */
  nameOf(id: EventId): string;
  event(id: EventId): Pdu | undefined;
}

type Step<K extends ResolutionStep["step"]> = Extract<ResolutionStep, { readonly step: K }>;

/** How the state came about, step by step: what was in dispute, in which order it was decided, and by which rules. */
export function accountWords({ steps, resolved }: ResolutionAccount, cast: Cast): readonly Decision[] {
  const disputed = steps.filter((step) => step.step === "conflict");
  const keys = new Set(disputed.map(({ key }) => key));
  const told = steps.flatMap((step): readonly Decision[] => {
    if (step.step === "conflict") return [conflictWords(step, cast)];
    if (step.step === "order") return orderWords(step, cast, keys);
    if (step.step === "check") return checkWords(step, cast, keys);
    if (step.step === "unchecked") return [uncheckedWords(step, cast)];
    if (step.step === "put-back" && !keys.has(step.key)) return putBackWords(step, cast);
    return [];
  });
  return [...told, ...disputed.flatMap(({ key }) => lastWords({ key, winner: resolved.get(key), steps }, cast))];
}

interface Won {
  readonly key: StateKey;
  readonly winner: EventId | undefined;
  readonly steps: readonly ResolutionStep[];
}

/** Where several events for an entry were let in one after the other, the last of them holds. */
function lastWords({ key, winner, steps }: Won, cast: Cast): readonly Decision[] {
  const entered = steps.flatMap((step) => {
    const enters = step.step === "unchecked" || (step.step === "check" && step.verdict.allowed);
    return enters && isDisputed(step.eventId, cast, new Set([key])) ? [step.eventId] : [];
  });
  if (winner === undefined || entered.length < 2) return [];
  const [type, of] = splitStateKey(key);
  const names = entered.map((id) => cast.nameOf(id)).join(" and ");
  const text = `${names} are both allowed for ${entryWords(type, of, cast.who)}: the later decided one holds, ${cast.nameOf(winner)}`;
  const rule = algorithmOf(cast) === "v1" ? "FED-SR1-009" : "FED-SR2-018";
  return [{ text: entered.length === 2 ? text : text.replace("both", "all"), rule, decides: true }];
}

function conflictWords({ key, candidates, absent }: Step<"conflict">, cast: Cast): Decision {
  const [type, of] = splitStateKey(key);
  const names = candidates.map((id) => cast.nameOf(id));
  const options = absent ? [...names, "nothing"] : names;
  const rule = { v1: "FED-SR1-004", v2: absent ? "FED-SR2-003" : "FED-SR2-002" }[algorithmOf(cast)];
  return { text: `The branches disagree about ${entryWords(type, of, cast.who)}: ${options.join(", or ")}`, rule };
}

function algorithmOf({ rules }: Cast): "v1" | "v2" {
  return rules.stateResolution === "v1" ? "v1" : "v2";
}

/** The disputed events that do not hold their entry in the end, each with the rule by which it lost it. */
export function overruledBy(
  { steps, resolved }: ResolutionAccount,
  rules: RoomVersionRules,
): ReadonlyMap<EventId, string> {
  const refusals = new Map(
    steps.flatMap((step) =>
      step.step === "check" && !step.verdict.allowed ? [[step.eventId, step.verdict.rule] as const] : [],
    ),
  );
  const gaveWay = rules.stateResolution === "v1" ? "FED-SR1-009" : "FED-SR2-018";
  const lost = steps.flatMap((step) =>
    step.step === "conflict" ? step.candidates.filter((id) => resolved.get(step.key) !== id) : [],
  );
  return new Map(lost.map((id) => [id, refusals.get(id) ?? gaveWay]));
}

/** Of longer orders only the disputed events are told. */
const ORDER_TOLD = 8;

const FIRST = {
  power: ["Changes of rights and removals of others are decided first", "FED-SR2-011"],
  mainline: ["What is left comes next, by the power levels that it rests upon, then by time", "FED-SR2-025"],
  depth: ["They are tried in the order of their depth", "FED-SR1-007"],
} as const;

/** Why one event comes after another, and what demands it. */
const REASONS: Readonly<Record<Exclude<OrderedEvent["because"], "first">, readonly [words: string, rule: string]>> = {
  "rests-on-it": ["it rests upon it", "FED-SR2-012"],
  level: ["its sender has less power", "FED-SR2-013"],
  time: ["it is later", "FED-SR2-014"],
  id: ["its id is greater", "FED-SR2-015"],
  position: ["it rests upon newer power levels", "FED-SR2-024"],
  depth: ["it is deeper in the history", "FED-SR1-007"],
};

function orderWords({ by, events }: Step<"order">, cast: Cast, keys: ReadonlySet<StateKey>): readonly Decision[] {
  const disputed = events.filter(({ eventId }) => isDisputed(eventId, cast, keys));
  if (disputed.length === 0) return [];
  // What is between two disputed events can be the reason for their order.
  const told = events.length <= ORDER_TOLD ? events : disputed;
  const [intro, rule] = FIRST[by];
  const names = told.map(({ eventId }) => cast.nameOf(eventId));
  const reasons = told.slice(1).flatMap((one, at): readonly Decision[] => {
    const before = told[at];
    if (before === undefined || one.because === "first" || !follows(events, before, one)) return [];
    const [words, reason] = reasonFor(one.because, by);
    return [{ text: `${cast.nameOf(one.eventId)} comes after ${cast.nameOf(before.eventId)}: ${words}`, rule: reason }];
  });
  return [{ text: `${intro}: ${names.join(", then ")}`, rule }, ...reasons];
}

/** The reason is about the event right before it; with others between them it says nothing of these two. */
function follows(events: readonly OrderedEvent[], before: OrderedEvent, one: OrderedEvent): boolean {
  return events.indexOf(one) - events.indexOf(before) === 1;
}

function reasonFor(because: keyof typeof REASONS, by: Step<"order">["by"]): readonly [string, string] {
  const [words, rule] = REASONS[because];
  if (by === "mainline") return [words, "FED-SR2-024"];
  return by === "depth" ? [words, "FED-SR1-007"] : [words, rule];
}

function checkWords({ eventId, verdict }: Step<"check">, cast: Cast, keys: ReadonlySet<StateKey>): readonly Decision[] {
  const { rule } = verdict;
  if (!verdict.allowed) {
    const text = `${cast.nameOf(eventId)} is refused: ${inWords(verdict.reason, cast)}`;
    return [{ text, rule, decides: true }];
  }
  return isDisputed(eventId, cast, keys) ? [{ text: `${cast.nameOf(eventId)} is allowed, and holds`, rule }] : [];
}

function uncheckedWords({ eventId }: Step<"unchecked">, cast: Cast): Decision {
  return { text: `${cast.nameOf(eventId)} is taken without a check`, rule: "FED-SR1-008" };
}

function putBackWords({ key, eventId }: Step<"put-back">, cast: Cast): readonly Decision[] {
  // Where the checks begin with nothing, all that was undisputed comes back at the end: that is no news.
  if (cast.rules.stateResolution === "v2.1") return [];
  const [type, of] = splitStateKey(key);
  const text = `Nobody disputes ${entryWords(type, of, cast.who)}, so ${cast.nameOf(eventId)} stays`;
  return [{ text, rule: "FED-SR2-028" }];
}

function isDisputed(id: EventId, cast: Cast, keys: ReadonlySet<StateKey>): boolean {
  const event = cast.event(id);
  return event?.state_key !== undefined && keys.has(stateKey(event.type, event.state_key));
}

const USER_ID = /@[^\s:"]+:[A-Za-z0-9.:[\]-]*[A-Za-z0-9\]]/g;

/** A reason of the rules with people's names in place of their ids. */
export function inWords(reason: string, { who }: Pick<Cast, "who">): string {
  return reason.replace(USER_ID, (userId) => who(userId));
}
