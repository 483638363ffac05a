import { isJsonObject, type JsonObject, type JsonValue } from "../../matrix/json.js";
import type { EventId } from "../../matrix/pdu.js";
import { type StateKey, type StateMap, stateKey } from "../../matrix/state-map.js";
import type { ResolutionCase } from "./resolution-case.js";

/** What a resolver answers: a state, or in words why its answer is none; `garbled` where it is no answer to the question. */
export type ResolverAnswer = { readonly state: StateMap } | { readonly problem: string; readonly garbled?: true };

/** The document that a resolver reads: a case, as docs/fuzzing.md describes it. */
export function questionOf({ roomVersion, roomId, states, events }: ResolutionCase, id: string): JsonObject {
  return {
    id,
    room_version: roomVersion,
    room_id: roomId,
    state_sets: states.map((state) => [...state.values()]),
    events: [...events.values()].map(({ eventId, event, rejected }) => ({
      event_id: eventId,
      ...(rejected ? { rejected } : {}),
      pdu: event as unknown as JsonObject,
    })),
  };
}

/** Reads the line that a resolver answers with to the question of that id. */
export function readAnswer(line: string, { events }: ResolutionCase, id: string): ResolverAnswer {
  const answer = parsed(line);
  if (!isJsonObject(answer)) return garbled(`no JSON object: ${line.slice(0, 80)}`);
  if (answer.id !== id) return garbled(`to ${JSON.stringify(answer.id) ?? "nothing"}, asked was ${id}`);
  if (answer.error !== undefined) return { problem: `the resolver says: ${String(answer.error).slice(0, 400)}` };
  if (!Array.isArray(answer.state)) return garbled("without state");
  const state = new Map<StateKey, EventId>();
  for (const eventId of answer.state.map(String)) {
    const event = events.get(eventId)?.event;
    if (event?.state_key === undefined) return garbled(`with ${eventId}, which is no state event of the question`);
    const key = stateKey(event.type, event.state_key);
    if (state.has(key)) return garbled(`with two events for ${event.type} ${JSON.stringify(event.state_key)}`);
    state.set(key, eventId);
  }
  return { state };
}

function garbled(how: string): ResolverAnswer {
  return { problem: `an answer ${how}`, garbled: true };
}

function parsed(line: string): JsonValue | undefined {
  try {
    return JSON.parse(line) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
