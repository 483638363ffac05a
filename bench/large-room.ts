import { GraphResolver } from "../src/matrix/dag/graph-resolver.js";
import { selectAuthEvents } from "../src/matrix/dag/select-auth-events.js";
import { checkEventFormat } from "../src/matrix/events/format.js";
import { contentHashMatches, eventIdOf } from "../src/matrix/events/hashes.js";
import { checkEventSignature, completeEvent } from "../src/matrix/events/sign.js";
import type { JsonObject } from "../src/matrix/json.js";
import { signBytes, signingKey, verifyBytes } from "../src/matrix/keys.js";
import type { EventId, Pdu } from "../src/matrix/pdu.js";
import { roomVersionRules } from "../src/matrix/room-versions.js";
import type { StateMap } from "../src/matrix/state-map.js";
import type { Measurement } from "./measurement.js";

const EVENTS = 10_000;
const SERVER = "one.example";
const CREATOR = `@creator:${SERVER}`;
const KEY = signingKey(new Uint8Array(32).fill(9), "a");
const RULES = roomVersionRules("11");
/** As long as what is signed of an event. */
const LENGTH = 500;

/** What it takes to check a room of 10,000 events, one after the other, against the signature checks alone. */
export function benchLargeRoom(): Measurement[] {
  const room = new LargeRoom();
  const messages = Array.from({ length: EVENTS }, (_, at) => Buffer.alloc(LENGTH, String(at)));
  const signatures = messages.map((message) => signBytes(KEY, message));
  const whole = timed(() => takeIn(room.events));
  const bare = timed(() => {
    for (const [at, message] of messages.entries())
      if (!verifyBytes(KEY.publicKey, message, signatures[at] ?? "")) throw new Error("each signature must hold");
  });
  const how = "format, hash, id, signature, both authorization checks, state; half messages, half profiles and names";
  const name = `room of ${EVENTS} events checked`;
  return [
    { name, value: Math.round(whole), unit: "ms", how },
    { name: `${name}, rate`, value: Math.round((EVENTS / whole) * 1000), unit: "events/s", how },
    { name: `${name}, to signatures alone`, value: Math.round((whole / bare) * 100) / 100, unit: "times", how },
  ];
}

function takeIn(events: readonly Pdu[]): void {
  const graph = new GraphResolver({ rules: RULES, signedBy: () => true });
  for (const event of events) {
    const sound =
      checkEventFormat(event as unknown as JsonObject, RULES).ok &&
      contentHashMatches(event) &&
      checkEventSignature(event, RULES, SERVER, KEY.keyId, KEY.publicKey);
    const { rejected } = graph.add({ eventId: eventIdOf(event, RULES), event });
    if (!sound || rejected) throw new Error("every event must be accepted");
  }
}

/** One person's room without forks. */
class LargeRoom {
  readonly events: Pdu[] = [];
  readonly #graph = new GraphResolver({ rules: RULES, signedBy: () => true });
  #last: EventId | undefined;
  #state: StateMap = new Map();

  constructor() {
    this.#add("m.room.create", { room_version: "11" }, "");
    this.#add("m.room.member", { membership: "join" }, CREATOR);
    this.#add("m.room.power_levels", { users: { [CREATOR]: 100 } }, "");
    for (let at = this.events.length; at < EVENTS; at += 1) this.#addNumbered(at);
  }

  #addNumbered(at: number): void {
    if (at % 2 === 0) this.#add("m.room.message", { msgtype: "m.text", body: `number ${at}` });
    else if (at % 4 === 1) this.#add("m.room.member", { membership: "join", displayname: `number ${at}` }, CREATOR);
    else this.#add("m.room.name", { name: `number ${at}` }, "");
  }

  #add(type: string, content: JsonObject, stateKey?: string): void {
    const key = stateKey === undefined ? {} : { state_key: stateKey };
    const draft: Pdu = {
      type,
      sender: CREATOR,
      content,
      ...key,
      room_id: `!room:${SERVER}`,
      origin_server_ts: 1_700_000_000_000 + this.events.length,
      depth: this.events.length + 1,
      prev_events: this.#last === undefined ? [] : [this.#last],
      auth_events: selectAuthEvents({ type, sender: CREATOR, content, ...key }, RULES, this.#state),
    };
    const event = completeEvent(draft, RULES, SERVER, KEY);
    const eventId = eventIdOf(event, RULES);
    this.#state = this.#graph.add({ eventId, event }).stateAfter;
    this.#last = eventId;
    this.events.push(event);
  }
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
