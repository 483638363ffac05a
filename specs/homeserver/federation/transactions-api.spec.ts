import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import type { Room } from "../../../src/homeserver/parts.js";
import { addEventSignature } from "../../../src/matrix/events/sign.js";
import type { JsonObject, JsonValue } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { bodies, message, publicRoom, SmallFederation } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";

describe("PUT /send/{txnId}", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;
  let room: Room;

  async function setUp(defects: readonly string[] = []): Promise<void> {
    federation = new SmallFederation();
    one = federation.server("one.test", { defects: new Set(defects) });
    two = federation.server("two.test");
    room = await publicRoom(one, ANN, "11");
    await two.context.rooms.join(BOB, room.roomId, ["one.test"]);
  }

  function draft(body: string): { eventId: string; event: Pdu } {
    return two.context.rooms.draft(room.roomId, message(BOB, body));
  }

  function send(txnId: string, pdus: readonly Pdu[], extra: JsonObject = {}): Promise<JsonValue> {
    const content = { origin: "two.test", origin_server_ts: 1, pdus: pdus as unknown as JsonObject[], ...extra };
    return two.context.federation.request("one.test", "PUT", `/_matrix/federation/v1/send/${txnId}`, content);
  }

  beforeEach(() => setUp());
  afterEach(() => federation.stop());

  it("takes the good events and names the bad ones", async () => {
    const [good, forged] = [draft("good"), draft("forged")];
    const tampered: Pdu = { ...forged.event, sender: ANN };
    const answer = await send("1", [tampered, good.event]);
    const results = (answer as { pdus: JsonObject }).pdus;
    expect(results[good.eventId]).to.deep.equal({});
    expect(Object.keys(results)).to.have.length(2);
    expect(bodies(room)).to.deep.equal(["good"]);
  });

  it("fails as a whole on one bad event when faulty", async () => {
    await setUp(["one-bad-pdu-poisons-transaction"]);
    const refusal = await send("1", [{ ...draft("forged").event, sender: ANN }]).catch((error) => error);
    expect(refusal).to.include({ status: 400 });
  });

  it("answers a repeated transaction the same without a second effect", async () => {
    const heard: JsonObject[] = [];
    one.context.edus.on("test.unknown", (_origin, content) => void heard.push(content));
    const extra = { edus: [{ edu_type: "test.unknown", content: { a: 1 } }] };
    const { event } = draft("once");
    const first = await send("same", [event], extra);
    expect(await send("same", [event], extra)).to.deep.equal(first);
    expect(heard).to.have.length(1);
  });

  it("reprocesses a repeated transaction when faulty", async () => {
    await setUp(["reprocesses-transactions"]);
    const heard: JsonObject[] = [];
    one.context.edus.on("test.unknown", (_origin, content) => void heard.push(content));
    const extra = { edus: [{ edu_type: "test.unknown", content: { a: 1 } }] };
    await send("same", [], extra);
    await send("same", [], extra);
    expect(heard).to.have.length(2);
  });

  it("is not harmed by EDUs of any shape, and hides no fault of its own", async () => {
    const types = ["presence", "receipt", "typing", "device_list_update", "signing_key_update", "direct_to_device"];
    const odd: JsonValue[] = [null, 5, 1.5, "x", [], [null], {}, { [BOB]: null }, { [BOB]: { "*": null } }];
    const members = ["push", "user_id", "room_id", "device_id", "stream_id", "prev_id", "keys", "master_key"];
    const more = ["self_signing_key", "messages", "sender", "type", "message_id", "typing", "device_display_name"];
    const good = { user_id: BOB, sender: BOB, room_id: room.roomId, device_id: "D", stream_id: 1, message_id: "m" };
    const contents: JsonObject[] = [...members, ...more, room.roomId, BOB].flatMap((name) =>
      odd.flatMap((value): JsonObject[] => [{ [name]: value }, { ...good, [name]: value }]),
    );
    for (const value of odd) {
      contents.push({ push: [value] }, { push: [{ user_id: BOB, presence: value }] });
      contents.push({ [room.roomId]: { "m.read": value } }, { [room.roomId]: { "m.read": { [BOB]: value } } });
      contents.push({ [room.roomId]: { "m.read": { [BOB]: { event_ids: value, data: value } } } });
      contents.push({ ...good, type: "t", messages: { [ANN]: value } }, { ...good, prev_id: [value] });
      contents.push({ ...good, master_key: { user_id: value, keys: value, usage: value } });
    }
    const edus = types.flatMap((type) => contents.map((content) => ({ edu_type: `m.${type}`, content })));
    for (let at = 0; at < edus.length; at += 100) {
      expect(await send(`odd${at}`, [], { edus: edus.slice(at, at + 100) })).to.deep.equal({ pdus: {} });
    }
    one.context.edus.on("test.unknown", () => {
      throw new TypeError("a mistake");
    });
    const failing = await send("bad", [], { edus: [{ edu_type: "test.unknown", content: {} }] }).catch(
      (error) => error,
    );
    expect(failing).to.be.instanceOf(Error);
  });

  it("refuses what is over the limits", async () => {
    const { event } = draft("many");
    expect(await send("50", Array(50).fill(event))).to.have.property("pdus");
    expect(await send("51", Array(51).fill(event)).catch((error) => error)).to.include({ status: 400 });
    const edus = Array(101).fill({ edu_type: "test.unknown", content: {} });
    expect(await send("101", [], { edus }).catch((error) => error)).to.include({ status: 400 });
  });

  it("refuses another origin than the one that signed", async () => {
    expect(await send("1", [], { origin: "three.test" }).catch((error) => error)).to.include({
      errcode: "M_FORBIDDEN",
    });
  });

  it("shows an event with a wrong content hash in its redacted form", async () => {
    const { event, eventId } = draft("before");
    await send("1", [{ ...event, content: { msgtype: "m.text", body: "after" } }]);
    expect(room.record(eventId)?.event.content).to.deep.equal({});
  });

  it("drops an event with a wrong content hash, or keeps its content, when faulty", async () => {
    await setUp(["drops-instead-of-redacts"]);
    const dropped = draft("before");
    await send("1", [{ ...dropped.event, content: { body: "after" } }]);
    expect(room.record(dropped.eventId)).to.equal(undefined);
    await setUp(["keeps-content-on-hash-mismatch"]);
    const kept = draft("before");
    await send("1", [{ ...kept.event, content: { body: "after" } }]);
    expect(bodies(room)).to.deep.equal(["after"]);
  });

  it("takes a content hash with padding for what it is, but not when faulty", async () => {
    for (const [defects, shown] of [
      [[], "padded"],
      [["refuses-padded-hashes"], undefined],
    ] as const) {
      await setUp(defects);
      const { event } = draft("padded");
      const bare: Pdu = { ...event, hashes: { sha256: `${event.hashes?.sha256}=` }, signatures: {} };
      const { signingKey } = two.context.options;
      await send("1", [addEventSignature(bare, roomVersionRules("11"), "two.test", signingKey)]);
      expect(bodies(room)).to.deep.equal([shown]);
    }
  });

  it("ignores events of servers that the room denies", async () => {
    const acl = { allow: ["*"], deny: ["TWO.*"] };
    await one.context.rooms.send(room.roomId, { type: "m.room.server_acl", sender: ANN, stateKey: "", content: acl });
    const { event, eventId } = draft("denied");
    const answer = (await send("1", [event])) as { pdus: Record<string, JsonObject> };
    expect(answer.pdus[eventId]).to.have.property("error");
    expect(bodies(room)).to.deep.equal([]);
  });

  it("ignores typing and receipts in rooms that deny the sender", async () => {
    const heard: JsonObject[] = [];
    for (const type of ["m.typing", "m.receipt"])
      one.context.edus.on(type, (_origin, content) => void heard.push(content));
    const acl = { allow: ["*"], deny: ["two.test"] };
    await one.context.rooms.send(room.roomId, { type: "m.room.server_acl", sender: ANN, stateKey: "", content: acl });
    const open = await publicRoom(one, ANN, "11");
    const typing = (roomId: string) => ({
      edu_type: "m.typing",
      content: { room_id: roomId, user_id: BOB, typing: true },
    });
    const receipts = { edu_type: "m.receipt", content: { [room.roomId]: {}, [open.roomId]: {} } };
    await send("1", [], { edus: [typing(room.roomId), typing(open.roomId), receipts] });
    expect(heard).to.deep.equal([typing(open.roomId).content, { [open.roomId]: {} }]);
  });

  it("rejects what the room does not allow, and hides it", async () => {
    const name = { type: "m.room.name", sender: BOB, stateKey: "", content: { name: "Bob's" } };
    const { event, eventId } = two.context.rooms.draft(room.roomId, name);
    await send("1", [event]);
    expect(room.record(eventId)).to.include({ rejected: true });
    expect(room.state("m.room.name")).to.equal(undefined);
    expect(room.timeline.some((record) => record.eventId === eventId)).to.equal(false);
    expect(room.forwardExtremities).not.to.include(eventId);
  });
});
