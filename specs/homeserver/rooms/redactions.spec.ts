import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import type { Room } from "../../../src/homeserver/parts.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { message, publicRoom, SmallFederation, until } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";

describe("redactions", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;
  let room: Room;

  async function setUp(version: string): Promise<void> {
    federation = new SmallFederation();
    one = federation.server("one.test");
    two = federation.server("two.test");
    room = await publicRoom(one, ANN, version);
    await two.context.rooms.join(BOB, room.roomId, ["one.test"]);
  }

  afterEach(() => federation.stop());

  async function deliver(event: Pdu): Promise<void> {
    const content = { origin: "two.test", origin_server_ts: 1, pdus: [event as JsonObject] };
    const uri = `/_matrix/federation/v1/send/${federation.carried.length}`;
    await two.context.federation.request("one.test", "PUT", uri, content);
  }

  for (const version of ["1", "3", "10", "11", "12"]) {
    it(`empty an event of one's own server in version ${version} and keep its id`, async () => {
      await setUp(version);
      const id = await one.context.rooms.send(room.roomId, message(ANN, "regretted"));
      const draft = { type: "m.room.redaction", sender: ANN, content: {}, redacts: id };
      const redaction = await one.context.rooms.send(room.roomId, draft);
      const record = room.record(id);
      expect(record?.event.content).to.deep.equal({});
      expect(record?.redactedBy).to.equal(redaction);
      expect(room.timeline.at(-1)?.eventId).to.equal(redaction);
    });
  }

  it("by somebody without the power are accepted, but neither applied nor shown", async () => {
    await setUp("11");
    const id = await one.context.rooms.send(room.roomId, message(ANN, "stays"));
    await until(two, () => two.context.rooms.get(room.roomId)?.record(id) !== undefined, "the message");
    const redaction = two.context.rooms.draft(
      room.roomId,
      { type: "m.room.redaction", sender: BOB, content: {}, redacts: id },
      { prevEvents: room.forwardExtremities },
    );
    await deliver(redaction.event);
    expect(room.record(redaction.eventId)).to.include({ rejected: false });
    expect(room.record(id)?.event.content.body).to.equal("stays");
    expect(room.timeline.some(({ eventId }) => eventId === redaction.eventId)).to.equal(false);
  });

  it("wait for their target", async () => {
    await setUp("12");
    const tip = room.forwardExtremities;
    const target = two.context.rooms.draft(room.roomId, message(BOB, "secret"), { prevEvents: tip });
    const draft = { type: "m.room.redaction", sender: BOB, content: {}, redacts: target.eventId };
    const redaction = two.context.rooms.draft(room.roomId, draft, { prevEvents: tip });
    await deliver(redaction.event);
    expect(room.timeline.some(({ eventId }) => eventId === redaction.eventId)).to.equal(false);
    await deliver(target.event);
    expect(room.record(target.eventId)?.event.content).to.deep.equal({});
    expect(room.timeline.at(-1)?.eventId).to.equal(redaction.eventId);
  });
});
