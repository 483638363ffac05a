import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import type { ComposedEvent, Room } from "../../../src/homeserver/parts.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { bodies, message, publicRoom, SmallFederation } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";
const TESS = "@tess:three.test";

/** A ban and a concurrent renaming by the banned user, delivered in one order or the other to a third server. */
describe("forks", () => {
  let federation: SmallFederation;

  afterEach(() => federation.stop());

  async function threeServers(version: string, defects: readonly string[] = []) {
    federation = new SmallFederation();
    const one = federation.server("one.test");
    const two = federation.server("two.test");
    const three = federation.server("three.test", { defects: new Set(defects) });
    const room = await publicRoom(one, ANN, version);
    await two.context.rooms.join(BOB, room.roomId, ["one.test"]);
    const content = { ...room.state("m.room.power_levels")?.content, events: { "m.room.topic": 0 } };
    await one.context.rooms.send(room.roomId, { type: "m.room.power_levels", sender: ANN, stateKey: "", content });
    const seen = await three.context.rooms.join(TESS, room.roomId, ["one.test"]);
    return { one, two, three, room, seen };
  }

  function draft(server: Homeserver, room: Room, type: string, sender: string, stateKey: string, content: JsonObject) {
    const tip = room.forwardExtremities;
    return server.context.rooms.draft(room.roomId, { type, sender, stateKey, content }, { prevEvents: tip });
  }

  async function deliver(from: Homeserver, txnId: string, { event }: ComposedEvent): Promise<void> {
    const uri = `/_matrix/federation/v1/send/${txnId}`;
    const content = { origin: from.serverName, origin_server_ts: 1, pdus: [event as JsonObject] };
    await from.context.federation.request("three.test", "PUT", uri, content);
  }

  async function fork(version: string, banFirst: boolean, defects: readonly string[] = []) {
    const { one, two, three, room, seen } = await threeServers(version, defects);
    const ban = draft(one, room, "m.room.member", ANN, BOB, { membership: "ban" });
    const behind = two.context.rooms.get(room.roomId);
    if (behind === undefined) throw new Error("Bob's server is not in the room");
    const topic = two.context.rooms.draft(
      room.roomId,
      { type: "m.room.topic", sender: BOB, stateKey: "", content: { topic: "Bob was here" } },
      { prevEvents: behind.forwardExtremities },
    );
    const order: readonly (readonly [Homeserver, ComposedEvent])[] = [
      [one, ban],
      [two, topic],
    ];
    for (const [index, [from, event]] of (banFirst ? order : [...order].reverse()).entries()) {
      await deliver(from, `t${index}`, event);
    }
    return { one, two, three, room, seen, ban, topic };
  }

  for (const version of ["2", "6", "10", "11", "12"]) {
    for (const banFirst of [true, false]) {
      it(`end with Bob out and his topic gone in version ${version}, ban ${banFirst ? "first" : "last"}`, async () => {
        const { seen } = await fork(version, banFirst);
        expect(seen.membership(BOB)).to.equal("ban");
        expect(seen.state("m.room.topic")).to.equal(undefined);
      });
    }
  }

  it("soft-fail what comes after the ban in spite of it, and let it be seen by other servers", async () => {
    const { one, seen, topic } = await fork("11", true);
    expect(seen.record(topic.eventId)).to.include({ rejected: false, softFailed: true });
    expect(seen.forwardExtremities).not.to.include(topic.eventId);
    const uri = `/_matrix/federation/v1/event/${encodeURIComponent(topic.eventId)}`;
    expect(await one.context.federation.request("three.test", "GET", uri))
      .to.have.property("pdus")
      .with.length(1);
  });

  it("depend on the order of arrival when faulty", async () => {
    const faults = ["state-depends-on-arrival-order", "skips-soft-failure"];
    const first = await fork("11", true, faults);
    const topicLast = first.seen.state("m.room.topic");
    federation.stop();
    const last = await fork("11", false, faults);
    expect(topicLast?.content.topic).to.equal("Bob was here");
    expect(last.seen.membership(BOB)).to.equal("join");
  });

  it("are joined again by the next event", async () => {
    const { three, seen, room } = await fork("12", false);
    expect(seen.forwardExtremities).to.have.length(2);
    await three.context.rooms.send(room.roomId, message(TESS, "merge"));
    expect(seen.forwardExtremities).to.have.length(1);
    expect(bodies(seen)).to.deep.equal(["merge"]);
  });
});
