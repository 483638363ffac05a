import type { Homeserver } from "../src/homeserver/homeserver.js";
import type { EventDraft, Room } from "../src/homeserver/parts.js";
import { isJsonObject, type JsonObject } from "../src/matrix/json.js";
import { signingKey } from "../src/matrix/keys.js";
import type { Pdu } from "../src/matrix/pdu.js";
import { signRequest } from "../src/matrix/x-matrix.js";
import { type Measurement, median, milliseconds, repeated } from "./measurement.js";
import { SmallWorld } from "./small-world.js";

const EVENTS = 1000;
const IN_A_TRANSACTION = 50;
const ROUNDS = 3;
const BUDGET_MS = 8_000;
const CREATOR = "@creator:one.example";
const GUEST = "@guest:two.example";

/** What it costs a server to take in a large room: format, hash, signature and authorization of every event. */
export async function benchIngest(): Promise<Measurement[]> {
  const joining = await repeated(ROUNDS, BUDGET_MS, joinLargeRoom);
  const messages = await repeated(ROUNDS, BUDGET_MS, () => receive(message));
  const members = await repeated(ROUNDS, BUDGET_MS, () => receive(join));
  const inTransactions = `in transactions of ${IN_A_TRANSACTION}, no network`;
  return [
    ...figures(`join of a room with ${EVENTS} members`, joining, "make_join to joined, no network, both servers"),
    ...figures(`${EVENTS} messages received`, messages, inTransactions),
    ...figures(`${EVENTS} joins received`, members, `${inTransactions}; the state grows with each`),
  ];
}

function figures(name: string, times: readonly number[], how: string): Measurement[] {
  const value = median(times);
  const said = `${how}; rounds: ${times.length}`;
  return [
    { name, value: milliseconds(value), unit: "ms", how: said },
    { name: `${name}, rate`, value: Math.round((EVENTS / value) * 1000), unit: "events/s", how: said },
  ];
}

async function joinLargeRoom(): Promise<number> {
  const world = new SmallWorld();
  try {
    const one = world.server("one.example");
    const two = world.server("two.example");
    const room = await one.context.rooms.create({ creator: CREATOR, roomVersion: "12", preset: "public_chat" });
    for (let at = 0; at < EVENTS; at += 1) take(one, room, join(at));
    const start = performance.now();
    await two.context.rooms.join(GUEST, room.roomId, [one.serverName]);
    return performance.now() - start;
  } finally {
    world.stop();
  }
}

async function receive(draftOf: (at: number) => EventDraft): Promise<number> {
  const world = new SmallWorld();
  try {
    const one = world.server("one.example");
    const two = world.server("two.example");
    const room = await one.context.rooms.create({ creator: CREATOR, roomVersion: "12", preset: "public_chat" });
    await two.context.rooms.join(GUEST, room.roomId, [one.serverName]);
    const events = Array.from({ length: EVENTS }, (_, at) => take(one, room, draftOf(at)));
    const start = performance.now();
    for (let from = 0; from < EVENTS; from += IN_A_TRANSACTION) {
      await deliver(two, from, events.slice(from, from + IN_A_TRANSACTION));
    }
    return performance.now() - start;
  } finally {
    world.stop();
  }
}

/** The event, in the sender's own room and sent to nobody. */
function take(server: Homeserver, room: Room, draft: EventDraft): Pdu {
  const { event } = server.context.rooms.draft(room.roomId, draft);
  server.context.rooms.inject(room.roomId, event);
  return event;
}

async function deliver(to: Homeserver, number: number, pdus: readonly Pdu[]): Promise<void> {
  const origin = "one.example";
  const uri = `/_matrix/federation/v1/send/bench-${number}`;
  const content = { origin, origin_server_ts: Date.now(), pdus } as unknown as JsonObject;
  const signed = { method: "PUT", uri, origin, destination: to.serverName, content };
  const authorization = signRequest(signed, signingKey(new Uint8Array(32).fill(1), "a"));
  const { status, body } = await to.handleFederation({
    method: "PUT",
    target: uri,
    headers: [
      ["Authorization", authorization],
      ["Content-Type", "application/json"],
    ],
    body: Buffer.from(JSON.stringify(content)),
  });
  const text = Buffer.from(body).toString("utf8");
  if (status !== 200 || refusals(JSON.parse(text)) > 0) throw new Error(`not all was taken: ${status} ${text}`);
}

function refusals(answer: unknown): number {
  const results = isJsonObject(answer) && isJsonObject(answer.pdus) ? Object.values(answer.pdus) : [];
  return results.filter((result) => isJsonObject(result) && result.error !== undefined).length;
}

function message(at: number): EventDraft {
  return { type: "m.room.message", sender: CREATOR, content: { msgtype: "m.text", body: `message ${at}` } };
}

function join(at: number): EventDraft {
  const user = `@user-${at}:one.example`;
  return { type: "m.room.member", sender: user, stateKey: user, content: { membership: "join" } };
}
