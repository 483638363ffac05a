import type { EventId } from "../matrix/pdu.js";

/** Event ids that a server answered; or in words why there are none. */
export type IdsAnswer = ReadonlySet<EventId> | string;

/** What one server says of a room. */
export interface Account {
  /** By node: the state before it and that state's auth chain, from /state_ids. */
  readonly states: ReadonlyMap<string, { readonly state: IdsAnswer; readonly chain: IdsAnswer }>;
  /** By node, from /event_auth. */
  readonly eventAuth: ReadonlyMap<string, IdsAnswer>;
  /** The room's state as its user sees it at the end. */
  readonly current: IdsAnswer;
}

/** One thing in which a server's account is not as it should be. Events are told by name. */
export interface Difference {
  readonly kind: "state" | "auth-chain" | "event-auth" | "current-state";
  /** The node at which it was asked. */
  readonly at: string;
  readonly expected: readonly string[];
  /** In words where there was no such answer. */
  readonly given: readonly string[] | string;
}

/** How accounts are compared. */
export interface Terms {
  nameOf(id: EventId): string;
  /** Events that an auth chain may hold or not. */
  readonly optionalInChains: ReadonlySet<EventId>;
}

/** In what an account differs from the expected one. */
export function differences(expected: Account, given: Account, { nameOf, optionalInChains }: Terms): Difference[] {
  const found: Difference[] = [];
  const compare = (kind: Difference["kind"], at: string, right: IdsAnswer, answer: IdsAnswer = "not asked") => {
    const optional = kind === "auth-chain" || kind === "event-auth" ? optionalInChains : new Set<EventId>();
    const difference = differenceOf(without(right, optional), without(answer, optional), nameOf);
    if (difference !== undefined) found.push({ kind, at, ...difference });
  };
  for (const [at, { state, chain }] of expected.states) {
    compare("state", at, state, given.states.get(at)?.state);
    if (typeof given.states.get(at)?.state !== "string") compare("auth-chain", at, chain, given.states.get(at)?.chain);
  }
  for (const [at, chain] of expected.eventAuth) compare("event-auth", at, chain, given.eventAuth.get(at));
  const last = [...expected.states.keys()].at(-1) ?? "";
  compare("current-state", last, expected.current, given.current);
  return found;
}

function without(answer: IdsAnswer, ids: ReadonlySet<EventId>): IdsAnswer {
  return typeof answer === "string" ? answer : new Set([...answer].filter((id) => !ids.has(id)));
}

function differenceOf(
  right: IdsAnswer,
  answer: IdsAnswer,
  nameOf: (id: EventId) => string,
): Pick<Difference, "expected" | "given"> | undefined {
  if (typeof right === "string" || typeof answer === "string") {
    if (right === answer) return undefined;
    return {
      expected: only(right, new Set(), nameOf),
      given: typeof answer === "string" ? answer : [...answer].map(nameOf),
    };
  }
  const expected = only(right, answer, nameOf);
  const given = only(answer, right, nameOf);
  return expected.length === 0 && given.length === 0 ? undefined : { expected, given };
}

/** The names of those events that the other answer lacks. */
function only(ids: IdsAnswer, other: ReadonlySet<EventId>, nameOf: (id: EventId) => string): string[] {
  if (typeof ids === "string") return [ids];
  return [...ids]
    .filter((id) => !other.has(id))
    .map(nameOf)
    .sort();
}
