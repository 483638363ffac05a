import { judgeView } from "../../checks/judge-view.js";
import { resolvedState, stateIdsOf } from "../../checks/state/resolved-state.js";
import { eventIdOfName, type RoomFacts, roomOf } from "../../checks/state/room-events.js";
import { type NamedEvent, namedEvent, roomHistory } from "../../checks/state/room-history.js";
import { stateBecomes } from "../../checks/state/state-becomes.js";
import { statesAgree } from "../../checks/state/states-agree.js";
import type { JudgeView } from "../../checks/view.js";
import { drawHistory } from "../../drawing/draw.js";
import { entryWords, valueWords, type Who } from "../../drawing/event-words.js";
import type { ToldHistory } from "../../drawing/told-history.js";
import type { OwedExpectation } from "../../evidence/journal-entry.js";
import { isJsonObject, type JsonObject } from "../../matrix/json.js";
import { parseJson } from "../../matrix/parse-json.js";
import type { EventId } from "../../matrix/pdu.js";
import { resolveText } from "../../steps/names.js";
import { groupBy } from "../group-by.js";
import type { RunHistory, RunState } from "../run-json.js";
import type { InstanceRecord } from "./records.js";
import type { RunEvidence } from "./run-evidence.js";

/** The checks that compare the state which a server gives for before an event. */
const OF_STATE_AT: ReadonlySet<string> = new Set([resolvedState.name, statesAgree.name]);

/** Room, and seat under test whose view of it is told. */
interface Place {
  readonly room: string;
  readonly seat: string;
  readonly facts: RoomFacts;
  readonly named: readonly NamedEvent[];
}

/** The histories of the rooms in which peers wrote events, or whose state was asked for, one for each server under test in them. */
export function historiesOf(evidence: RunEvidence, record: InstanceRecord): readonly RunHistory[] {
  const view = viewAt(evidence, record, Number.POSITIVE_INFINITY);
  const { seats } = record.instance;
  const underTest = Object.keys(seats).filter((seat) => seats[seat]?.kind === "target");
  return roomsOf(evidence, record).flatMap(({ room, named }) => {
    const facts = roomOf(view, room);
    return underTest.flatMap((seat) => historyOf(evidence, record, { room, seat, facts, named }) ?? []);
  });
}

/** Those rooms, each with all its named events in the order of their naming. */
function roomsOf(evidence: RunEvidence, { instance, owed }: InstanceRecord) {
  const { bindings } = evidence.of(instance.id);
  const events = bindings.filter(({ value }) => value.kind === "event" && typeof value.room === "string");
  return [...groupBy(events, ({ value }) => String(value.room))].flatMap(([room, bound]) => {
    const named = bound.flatMap(({ name, value }) => namedEvent(name, value) ?? []);
    const asked = owed.some(({ check, arguments: given }) => OF_STATE_AT.has(check) && given.room === room);
    return asked || named.some(({ pdu }) => pdu !== undefined) ? [{ room, named }] : [];
  });
}

function historyOf(evidence: RunEvidence, record: InstanceRecord, place: Place): RunHistory | undefined {
  const { room, seat, facts, named } = place;
  const told = toldAt(viewAt(evidence, record, Number.POSITIVE_INFINITY), place);
  if (told === undefined || !named.some(({ eventId }) => told.arrivals.has(eventId))) return undefined;
  const asked = record.owed.flatMap((owed) => (isAsked(owed, place) ? String(owed.arguments.at) : []));
  const states = [...askedStates(evidence, record, place, told), ...currentStates(evidence, record, place)];
  const drawing = drawHistory(
    told,
    named.filter(({ name }) => asked.includes(name)).map(({ eventId }) => eventId),
  );
  return { room, roomVersion: facts.rules.id, seat, drawing, states: merged(states) };
}

function viewAt(evidence: RunEvidence, { instance }: InstanceRecord, upTo: number, owed?: OwedExpectation): JudgeView {
  return judgeView(evidence, { instance: instance.id, step: owed?.step ?? "", expectation: owed?.id ?? "", upTo });
}

function toldAt(view: JudgeView, { facts, seat, named }: Place): ToldHistory | undefined {
  return roomHistory(view, facts, { server: view.serverName(seat), named });
}

function isAsked({ check, of, arguments: given }: OwedExpectation, { room, seat }: Place): boolean {
  return OF_STATE_AT.has(check) && of === seat && given.room === room;
}

/** The states that the server gave for before named events. */
function askedStates(
  evidence: RunEvidence,
  record: InstanceRecord,
  place: Place,
  told: ToldHistory,
): readonly RunState[] {
  return record.owed.flatMap((owed): readonly RunState[] => {
    const ids = record.judgements.get(owed.id)?.judgement.exchanges ?? [];
    const server = record.instance.seats[place.seat]?.serverName;
    const exchange = ids.flatMap((id) => evidence.exchange(id) ?? []).find(({ to }) => to === server);
    if (!isAsked(owed, place) || exchange === undefined) return [];
    const at = String(owed.arguments.at);
    const eventId = eventIdOfName(viewAt(evidence, record, Number.POSITIVE_INFINITY), at);
    const { verdict, actual = "" } = record.judgements.get(owed.id)?.judgement ?? {};
    const states = stateOf(told, owed, { at, eventId }, stateIdsOf(exchange, place.facts));
    const differs = ({ entries }: RunState) => entries.some(({ given }) => given !== undefined);
    return states.map((state) => (verdict === "pass" && differs(state) ? { ...state, remark: actual } : state));
  });
}

function stateOf(
  told: ToldHistory,
  owed: OwedExpectation,
  about: { readonly at?: string; readonly eventId?: EventId },
  given?: ReadonlySet<EventId>,
): readonly RunState[] {
  const compared = told.compared(about.eventId, given);
  if (compared === undefined) return [];
  const at = about.at === undefined ? {} : { at: about.at };
  return [{ ...at, ...compared, ...told.reasoning(about.eventId), expectations: [owed.id] }];
}

/** What a user was told of the room's state, where that was not what it had to be. */
function currentStates(evidence: RunEvidence, record: InstanceRecord, place: Place): readonly RunState[] {
  return record.owed.flatMap((owed): readonly RunState[] => {
    const judged = record.judgements.get(owed.id);
    const { check, of, arguments: given } = owed;
    const failed = judged?.judgement.verdict === "fail" || judged?.judgement.verdict === "warn";
    if (!failed || check !== stateBecomes.name || of !== place.seat || given.room !== place.room) return [];
    const view = viewAt(evidence, record, judged.upTo, owed);
    const told = toldAt(view, place);
    return told === undefined ? [] : stateOf(told, owed, {}).map((state) => withAnswer(view, told, owed, state));
  });
}

/** The entry that the user asked for, with the answer: of the others nothing was asked. */
function withAnswer(view: JudgeView, told: ToldHistory, owed: OwedExpectation, state: RunState): RunState {
  const { type, key } = owed.arguments;
  const { who } = told.material;
  const entry = entryWords(String(type), resolveText(typeof key === "string" ? key : "", view), who);
  const seen = view.observations.findLast(
    ({ what, data }) => what === "state" && data.expectation === owed.id && typeof data.found === "string",
  );
  const given = seen === undefined ? "no answer" : answerWords(String(type), String(seen.data.found), who);
  const right = state.entries.find((one) => one.entry === entry)?.right ?? "nothing";
  return { ...state, entries: [{ entry, right, given }], others: 0 };
}

/** What a user was told, as the value of its entry where it can be read as such. */
function answerWords(type: string, found: string, who: Who): string {
  const content = parsed(found);
  if (content === undefined) return found;
  return content.errcode === "M_NOT_FOUND" ? "nothing" : valueWords({ type, sender: "", content }, who);
}

/** What was found is noted as JSON, but for what is too long. */
function parsed(found: string): JsonObject | undefined {
  const read = parseJson(Buffer.from(found, "utf8"));
  return "value" in read && isJsonObject(read.value) ? read.value : undefined;
}

/** Expectations that rest upon the same answer are told once. */
function merged(states: readonly RunState[]): readonly RunState[] {
  const groups = groupBy(states, ({ at, entries }) => JSON.stringify([at, entries]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, expectations: group.flatMap((one) => one.expectations) }];
  });
}
