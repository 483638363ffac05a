import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import type { Room } from "../../../src/homeserver/parts.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { bodies, message, publicRoom, SmallFederation, until } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";

describe("gaps in a room's graph", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;
  let room: Room;
  let seen: Room;

  async function setUp(version: string, defects: readonly string[] = []): Promise<void> {
    federation = new SmallFederation();
    one = federation.server("one.test");
    two = federation.server("two.test", { defects: new Set(defects) });
    room = await publicRoom(one, ANN, version);
    for (let count = 0; count < 5; count += 1) await one.context.rooms.send(room.roomId, message(ANN, `old ${count}`));
    seen = await two.context.rooms.join(BOB, room.roomId, ["one.test"]);
  }

  /** Messages and a change of state that never reach the other server by themselves, and one event that does. */
  async function skip(count: number): Promise<string> {
    for (let index = 0; index < count; index += 1) {
      const { event } = one.context.rooms.draft(room.roomId, message(ANN, `missed ${index}`));
      one.context.rooms.inject(room.roomId, event);
    }
    const name = { type: "m.room.name", sender: ANN, stateKey: "", content: { name: "Missed" } };
    one.context.rooms.inject(room.roomId, one.context.rooms.draft(room.roomId, name).event);
    const last = one.context.rooms.draft(room.roomId, message(ANN, "last"));
    one.context.rooms.inject(room.roomId, last.event);
    const content = { origin: "one.test", origin_server_ts: 1, pdus: [last.event as JsonObject] };
    await one.context.federation.request("two.test", "PUT", "/_matrix/federation/v1/send/1", content);
    return last.eventId;
  }

  afterEach(() => federation.stop());

  for (const version of ["1", "3", "10", "12"]) {
    it(`are filled before the event is shown, in version ${version}`, async () => {
      await setUp(version);
      await skip(3);
      expect(bodies(seen)).to.deep.equal(["missed 0", "missed 1", "missed 2", "last"]);
      expect(seen.state("m.room.name")?.content.name).to.equal("Missed");
      expect(seen.forwardExtremities).to.deep.equal(room.forwardExtremities);
    });
  }

  it("too wide to fill are bridged by the state that another server tells", async () => {
    await setUp("11");
    const last = await skip(40);
    expect(bodies(seen).at(-1)).to.equal("last");
    expect(bodies(seen)).to.have.length.below(41);
    expect(seen.state("m.room.name")?.content.name).to.equal("Missed");
    expect(seen.record(last)).to.include({ rejected: false, softFailed: false });
  });

  it("stay when faulty", async () => {
    await setUp("11", ["no-gap-filling"]);
    await skip(3);
    expect(bodies(seen)).to.deep.equal(["last"]);
    expect(seen.state("m.room.name")).to.equal(undefined);
  });

  it("before a join are filled on demand, oldest position first", async () => {
    await setUp("12");
    const [first] = seen.timeline;
    const records = await two.context.rooms.backfill(room.roomId, [first?.eventId ?? ""], 3);
    expect(records.map(({ event }) => event.content.body)).to.deep.equal(["old 4", "old 3", "old 2"]);
    await two.context.rooms.backfill(room.roomId, [records.at(-1)?.eventId ?? ""], 50);
    expect(bodies(seen)).to.deep.equal(["old 0", "old 1", "old 2", "old 3", "old 4"]);
    expect(seen.timeline.map(({ eventId }) => eventId)).to.deep.equal(room.timeline.map(({ eventId }) => eventId));
    expect(seen.forwardExtremities).to.deep.equal(room.forwardExtremities);
  });

  it("close once a server that was away comes back", async () => {
    await setUp("12");
    const handler = federation.handlers.get("two.test");
    federation.handlers.delete("two.test");
    await one.context.rooms.send(room.roomId, message(ANN, "while away"));
    if (handler !== undefined) federation.handlers.set("two.test", handler);
    await two.context.federation.request(
      "one.test",
      "GET",
      `/_matrix/federation/v1/event/${seen.forwardExtremities[0]}`,
    );
    await until(two, () => bodies(seen).includes("while away"), "the message sent while away");
  });
});
