/**
 * A resolver under test for the specs: our own behind the protocol of docs/fuzzing.md, with one fault by its first argument.
 * From its second question on it shows what it is told to.
 */
import { createInterface } from "node:readline";
import type { EventId, Pdu } from "../../src/matrix/pdu.js";
import { roomVersionRules } from "../../src/matrix/room-versions.js";
import { stateKey } from "../../src/matrix/state-map.js";
import { resolveState } from "../../src/matrix/state-resolution/resolve.js";

interface Question {
  readonly id: string;
  readonly room_version: string;
  readonly state_sets: readonly (readonly EventId[])[];
  readonly events: readonly { readonly event_id: EventId; readonly pdu: Pdu; readonly rejected?: boolean }[];
}

const fault = process.argv[2] ?? "none";
let asked = 0;

createInterface({ input: process.stdin }).on("line", (line) => {
  const question = JSON.parse(line) as Question;
  asked += 1;
  if (fault === "never" || asked > 1) faulty(question);
  else answer(question, resolved(question));
});

function faulty(question: Question): void {
  const { id } = question;
  if (fault === "never" || fault === "crash") {
    process.stderr.write("out of ideas\n");
    process.exit(7);
  }
  if (fault === "hang") return;
  if (fault === "garbage") process.stdout.write("thinking…\n");
  if (fault === "complaint") process.stdout.write(`${JSON.stringify({ id, error: "too hard" })}\n`);
  if (fault === "newest") answer(question, newest(question));
  if (fault === "other-reading") answer(question, resolved(question, { chainsHoldState: true }));
  if (fault === "none") answer(question, resolved(question));
}

function answer({ id }: Question, state: Iterable<EventId>): void {
  process.stdout.write(`${JSON.stringify({ id, state: [...state] })}\n`);
}

function resolved(question: Question, reading = {}): Iterable<EventId> {
  const events = eventsOf(question);
  const rules = roomVersionRules(question.room_version);
  const states = question.state_sets.map((ids) => new Map(ids.map((id) => [keyOf(events.get(id)?.event), id])));
  return resolveState({ rules, states, event: (id) => events.get(id), reading }).values();
}

/** Of every entry the event with the latest time. */
function newest(question: Question): Iterable<EventId> {
  const events = eventsOf(question);
  const time = (id: EventId | undefined) => events.get(id ?? "")?.event.origin_server_ts ?? Number.NEGATIVE_INFINITY;
  const state = new Map<string, EventId>();
  for (const id of question.state_sets.flat()) {
    const key = keyOf(events.get(id)?.event);
    if (time(id) > time(state.get(key))) state.set(key, id);
  }
  return state.values();
}

function eventsOf({ events }: Question) {
  return new Map(
    events.map(({ event_id: eventId, pdu: event, rejected = false }) => [eventId, { eventId, event, rejected }]),
  );
}

function keyOf(event: Pdu | undefined): string {
  return stateKey(event?.type ?? "", event?.state_key ?? "");
}
