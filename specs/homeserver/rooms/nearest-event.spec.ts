import { expect } from "chai";
import type { EventRecord, MomentSought } from "../../../src/homeserver/parts.js";
import { distanceFrom, nearestEvent } from "../../../src/homeserver/rooms/nearest-event.js";

describe("nearestEvent", () => {
  const at = (ts: number) => ({ eventId: `$${ts}`, event: { origin_server_ts: ts } }) as EventRecord;
  // Clocks of servers differ: the order of a timeline is not that of its times.
  const timeline = [at(40), at(10), at(30)];
  const found = (ts: number, dir: MomentSought["dir"]) => nearestEvent(timeline, { ts, dir })?.at;

  it("looks to the side that is asked for, the moment included", () => {
    expect([found(20, "f"), found(20, "b")]).to.deep.equal([30, 10]);
    expect([found(30, "f"), found(30, "b")]).to.deep.equal([30, 30]);
  });

  it("finds nothing where nothing is on that side", () => {
    expect([found(41, "f"), found(9, "b")]).to.deep.equal([undefined, undefined]);
  });

  it("measures distances towards that side", () => {
    expect(distanceFrom({ ts: 20, dir: "f" }, 30)).to.equal(10);
    expect(distanceFrom({ ts: 20, dir: "b" }, 30)).to.equal(-10);
  });
});
