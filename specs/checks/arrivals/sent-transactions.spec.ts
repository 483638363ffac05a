import { expect } from "chai";
import {
  arrivesInOrder,
  oneAtATime,
  repeatsRefused,
  withinLimits,
} from "../../../src/checks/arrivals/sent-transactions.js";
import { eventIdOf } from "../../../src/matrix/events/hashes.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { Arrivals } from "../../../src/peer/arrivals.js";
import { findingAtPeer } from "../../support/evidence-view.js";
import { ONE, roomOf, specEvent } from "../../support/exchanges.js";

const RULES = roomVersionRules("11");
const [early, late] = ["early", "late"].map((body) => specEvent(ONE, "11", { content: { body } }));
const bound = (event: typeof early) => ({ kind: "event", eventId: event ? eventIdOf(event, RULES) : "", room: "hall" });
const BINDINGS = {
  hall: { kind: "room", roomId: roomOf("11"), version: "11" },
  early: bound(early),
  late: bound(late),
};
const SENT = { peer: "peer", from: "one", until: "late", within: "20ms" };

interface Sending {
  readonly id: string;
  readonly pdus: readonly unknown[];
  readonly edus?: number;
  readonly status?: number;
}

/** What a peer notes of these transactions, each answered before the next comes; without status not answered at all. */
function came(...sendings: readonly Sending[]): Arrivals {
  const arrivals = new Arrivals();
  for (const { id, pdus, edus = 0, status } of sendings) {
    const body = { pdus, edus: Array.from({ length: edus }, () => ({})) } as unknown as JsonObject;
    const target = `/_matrix/federation/v1/send/${id}`;
    arrivals.add({ kind: "request", origin: ONE.name, endpoint: "send", method: "PUT", target, body });
    for (const pdu of pdus) arrivals.add({ kind: "pdu", origin: ONE.name, pdu: pdu as JsonObject });
    if (status !== undefined)
      arrivals.add({ kind: "answer", origin: ONE.name, endpoint: "send", target, body, status });
  }
  return arrivals;
}

const last: Sending = { id: "z", pdus: [late], status: 200 };

describe("checks/sent-transactions", () => {
  it("counts what a transaction holds", async () => {
    const of = async (...sent: readonly Sending[]) =>
      (await findingAtPeer(withinLimits, SENT, came(...sent), BINDINGS)).holds;
    const many = (count: number) => Array.from({ length: count }, () => early);
    expect(await of({ id: "a", pdus: many(50), edus: 100, status: 200 }, last)).to.equal(true);
    expect(await of({ id: "a", pdus: many(51), status: 200 }, last)).to.equal(false);
    expect(await of({ id: "a", pdus: [], edus: 101, status: 200 }, last)).to.equal(false);
    expect(await of({ id: "a", pdus: [], status: 200 }), "the event never came").to.equal("unknown");
  });

  it("wants a refused transaction again, as it was", async () => {
    const of = async (...sent: readonly Sending[]) =>
      (await findingAtPeer(repeatsRefused, SENT, came(...sent), BINDINGS)).holds;
    const refused: Sending = { id: "a", pdus: [early], status: 500 };
    expect(await of(refused, { ...refused, status: 200 }, last)).to.equal(true);
    expect(await of(refused, { ...refused, pdus: [], status: 200 }, last)).to.equal(false);
    expect(await of(refused, { ...refused, id: "b", status: 200 }, last)).to.equal(false);
    expect(await of(refused)).to.equal(false);
    expect(await of(last), "nothing was refused").to.equal("unknown");
  });

  it("wants one transaction after the other", async () => {
    const of = async (...sent: readonly Sending[]) =>
      (await findingAtPeer(oneAtATime, SENT, came(...sent), BINDINGS)).holds;
    const first: Sending = { id: "a", pdus: [early] };
    expect(await of({ ...first, status: 200 }, last)).to.equal(true);
    expect(await of({ ...first, status: 500 }, { ...first, status: 200 }, last)).to.equal(true);
    expect(await of(first, last), "not answered").to.equal(false);
    expect(await of({ ...first, status: 500 }, last)).to.equal(false);
  });

  it("wants events in the order of writing", async () => {
    const input = { peer: "peer", events: ["early", "late"], within: "20ms" };
    const of = async (...pdus: readonly unknown[]) =>
      (await findingAtPeer(arrivesInOrder, input, came({ id: "a", pdus, status: 200 }), BINDINGS)).holds;
    expect(await of(early, late)).to.equal(true);
    expect(await of(late, early)).to.equal(false);
    expect(await of(early)).to.equal(false);
  });
});
