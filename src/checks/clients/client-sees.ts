import { Type } from "@sinclair/typebox";
import type { ClientUser } from "../../client/client-user.js";
import {
  deviceListIn,
  ephemeralIn,
  inviteStateIn,
  knockStateIn,
  presenceIn,
  type SyncBatch,
  stateIn,
  timelineIn,
  toDeviceIn,
} from "../../client/sync-batch.js";
import type { JsonObject } from "../../matrix/json.js";
import type { StepContext } from "../../steps/context.js";
import { resolveNames } from "../../steps/names.js";
import { namesOf } from "../../steps/names-of.js";
import { milliseconds, waitingFor, within } from "../../steps/waiting.js";
import { holds } from "../arrivals/arrivals.js";
import { defineCheck } from "../define.js";
import { noted, noteOfSync, noteSync } from "../noted.js";
import type { JudgeView } from "../view.js";

const closed = { additionalProperties: false } as const;
const as = Type.String({ description: "A member of the cast at a target." });
const room = Type.Optional(Type.String({ description: "The name that a room was bound to." }));
const members = Type.Object({}, { additionalProperties: true, description: "Members that it must hold, nested." });

/** Where in a sync a client looks. */
const PLACES = {
  timeline: (batch: SyncBatch, roomId: string) => timelineIn(batch, roomId),
  state: (batch: SyncBatch, roomId: string) => [...timelineIn(batch, roomId), ...stateIn(batch, roomId)],
  invite: (batch: SyncBatch, roomId: string) => inviteStateIn(batch, roomId),
  knock: (batch: SyncBatch, roomId: string) => knockStateIn(batch, roomId),
  ephemeral: (batch: SyncBatch, roomId: string) => ephemeralIn(batch, roomId),
  "to-device": (batch: SyncBatch) => toDeviceIn(batch),
  presence: (batch: SyncBatch) => presenceIn(batch),
} as const satisfies Record<string, (batch: SyncBatch, roomId: string) => readonly JsonObject[]>;

const place = Type.Union(
  [
    Type.Literal("timeline"),
    Type.Literal("state"),
    Type.Literal("invite"),
    Type.Literal("knock"),
    Type.Literal("ephemeral"),
    Type.Literal("to-device"),
    Type.Literal("presence"),
  ],
  { description: "The part of /sync to look in." },
);

interface Sought {
  readonly in: keyof typeof PLACES;
  readonly room?: string;
  readonly event?: string;
  readonly with?: object;
}

function finder(context: StepContext, sought: Sought): (batch: SyncBatch) => readonly JsonObject[] {
  const roomId = sought.room === undefined ? "" : context.roomId(sought.room);
  const wanted = resolveNames((sought.with ?? {}) as JsonObject, namesOf(context));
  const eventId = sought.event === undefined ? undefined : context.eventId(sought.event);
  return (batch) =>
    PLACES[sought.in](batch, roomId).filter(
      (event) => (eventId === undefined || event.event_id === eventId) && holds(event, wanted),
    );
}

function wordsOf(sought: Sought, view: JudgeView): string {
  const wanted = resolveNames((sought.with ?? {}) as JsonObject, view);
  const what = sought.event === undefined ? JSON.stringify(wanted) : `“${sought.event}”`;
  return `${what} in the ${sought.in}${sought.room === undefined ? "" : ` of “${sought.room}”`}`;
}

export const clientSees = defineCheck({
  name: "client-sees",
  summary: "A user's client is given something by /sync in time",
  input: Type.Object(
    { as, in: place, room, event: Type.Optional(Type.String()), with: Type.Optional(members), within },
    closed,
  ),
  async observe(context, input) {
    const find = finder(context, input);
    const client = context.client(input.as);
    const batch = await waitingFor(context, input.within, (signal) =>
      client.waitForSync((one) => find(one).length > 0, signal),
    );
    noteSync(context, batch);
  },
  judge(view, input) {
    const expected = `${input.as} to see ${wordsOf(input, view)} within ${milliseconds(input.within)} ms`;
    return noteOfSync(view, expected, "it came", "it did not come in time");
  },
});

/** What is counted until something later has come. */
const Counting = Type.Object(
  { as, in: place, room, event: Type.Optional(Type.String()), with: Type.Optional(members), until: members, within },
  closed,
);

export const clientSeesOnce = defineCheck({
  name: "client-sees-once",
  summary: "A user's client is given something exactly once, proved by something later that it is given too",
  input: Counting,
  observe: observeCount,
  judge(view, input) {
    const expected = `${input.as} to see ${wordsOf(input, view)} exactly once`;
    return countFinding(view, expected, 1);
  },
});

export const clientNeverSees = defineCheck({
  name: "client-never-sees",
  summary: "A user's client is not given something, proved by something later that it is given",
  input: Counting,
  observe: observeCount,
  judge(view, input) {
    const expected = `${input.as} never to see ${wordsOf(input, view)}`;
    return countFinding(view, expected, 0);
  },
});

interface Counted extends Sought {
  readonly as: string;
  readonly until: object;
  readonly within?: string;
}

/** Counts occurrences in all syncs up to the sentinel, which is looked for in the same place. */
async function observeCount(context: StepContext, input: Counted): Promise<void> {
  const client: ClientUser = context.client(input.as);
  const find = finder(context, input);
  const sentinel = finder(context, {
    in: input.in,
    ...(input.room === undefined ? {} : { room: input.room }),
    with: input.until,
  });
  const last = await waitingFor(context, input.within, (signal) =>
    client.waitForSync((one) => sentinel(one).length > 0, signal),
  );
  const batches = last === undefined ? client.seen : client.seen.slice(0, client.seen.indexOf(last) + 1);
  const count = batches.reduce((sum, batch) => sum + find(batch).length, 0);
  context.observe("count", {
    count,
    proved: last !== undefined,
    ...(last === undefined ? {} : { exchange: last.exchangeId }),
  });
}

/** `most`: how often it must come, and not more. Oftener is wrong also where nothing proves that all has come. */
function countFinding(view: JudgeView, expected: string, most: 0 | 1) {
  const seen = noted(view, "count");
  if (seen === undefined) return { holds: "unknown", expected, actual: "nobody looked" } as const;
  const count = Number(seen.data.count);
  const actual = `it came ${count === 1 ? "once" : `${count} times`}`;
  if (seen.data.proved !== true) {
    return count > most
      ? ({ holds: false, expected, actual } as const)
      : ({ holds: "unknown", expected, actual: "what should come after it did not come" } as const);
  }
  return { holds: count === most, expected, actual, exchanges: [String(seen.data.exchange)] };
}

/** How many batches of an observer's syncs earlier expectations have taken for a change of a user's devices. */
const taken = new WeakMap<object, Map<string, number>>();

export const deviceListChanged = defineCheck({
  name: "device-list-changed",
  summary:
    "A user's client is told by /sync that another user's devices changed, once more than earlier expectations saw",
  input: Type.Object({ as, "of-user": Type.String({ description: "A member of the cast." }), within }, closed),
  async observe(context, input) {
    const userId = context.user(input["of-user"]).userId;
    const client = context.client(input.as);
    const counts = taken.get(context.instance) ?? new Map<string, number>();
    taken.set(context.instance, counts);
    const pair = `${input.as} ${input["of-user"]}`;
    const told = (one: SyncBatch) => deviceListIn(one, "changed").includes(userId);
    const batch = await waitingFor(context, input.within, (signal) =>
      client.waitForSync(told, signal, counts.get(pair) ?? 0),
    );
    if (batch !== undefined) counts.set(pair, client.seen.indexOf(batch) + 1);
    noteSync(context, batch);
  },
  judge(view, input) {
    const expected = `${input.as} to be told that ${input["of-user"]}'s devices changed, within ${milliseconds(input.within)} ms`;
    return noteOfSync(view, expected, "the sync told it", "no such sync in time");
  },
});
