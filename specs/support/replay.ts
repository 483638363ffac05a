import { authorise } from "../../src/matrix/auth-rules/authorise.js";
import { authEventIds } from "../../src/matrix/events/references.js";
import type { EventId, Pdu } from "../../src/matrix/pdu.js";
import { type StateKey, type StateMap, stateKey } from "../../src/matrix/state-map.js";
import { accountOfState } from "../../src/matrix/state-resolution/resolve.js";
import type { Story } from "./story.js";

/**
 * Plays a resolution's checks again, each against the state that the ones before it left, with a lookup of our own: what comes of
 * it, and where a verdict is another than told (rooms/v2#definitions, iterative auth checks).
 */
export function replayed(story: Story, states: readonly StateMap[]): { state: StateMap; contradicted: EventId[] } {
  const { steps } = accountOfState({ rules: story.rules, states, event: story.event });
  const agreed = agreedUpon(states);
  const state = new Map<StateKey, EventId>(story.rules.stateResolution === "v2.1" ? [] : agreed);
  const contradicted: EventId[] = [];
  for (const step of steps) {
    if (step.step !== "check") continue;
    const allowed = isAllowed(story, state, step.eventId);
    if (allowed !== step.verdict.allowed) contradicted.push(step.eventId);
    if (allowed) state.set(keyOf(pduOf(story, step.eventId)), step.eventId);
  }
  return { state: new Map([...state, ...agreed]), contradicted };
}

function isAllowed(story: Story, state: StateMap, id: EventId): boolean {
  const event = pduOf(story, id);
  const cited = new Map(authEventIds(event).map((authId) => [keyOf(pduOf(story, authId)), authId]));
  const create = [...story.outcomes.values()][0]?.eventId ?? "";
  const lookup = (type: string, key: string): Pdu | undefined => {
    const wanted = stateKey(type, key);
    const implied = type === "m.room.create" && !story.rules.createInAuthEvents ? create : undefined;
    const held = state.get(wanted) ?? cited.get(wanted) ?? implied;
    return held === undefined ? undefined : pduOf(story, held);
  };
  const idOf = (other: Pdu) => [...story.outcomes.values()].find(({ event: one }) => one === other)?.eventId;
  return authorise(event, story.rules, lookup, { signedBy: () => true, eventId: idOf }).allowed;
}

/** The entries that all states hold alike. */
export function agreedUpon([first = new Map(), ...others]: readonly StateMap[]): StateMap {
  return new Map([...first].filter(([key, id]) => others.every((state) => state.get(key) === id)));
}

function pduOf(story: Story, id: EventId): Pdu {
  const event = story.event(id)?.event;
  if (event === undefined) throw new Error(`no event ${id} in this story`);
  return event;
}

function keyOf(event: Pdu): StateKey {
  return stateKey(event.type, event.state_key ?? "");
}
