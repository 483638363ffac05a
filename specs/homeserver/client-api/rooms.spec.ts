import { expect } from "chai";
import type { ClientUser } from "../../../src/client/client-user.js";
import { clientPath } from "../../../src/client/paths.js";
import { inviteStateIn, timelineIn } from "../../../src/client/sync-batch.js";
import { roomIn } from "../../support/room-in.js";
import { deadline, ServedFederation } from "../../support/users-of-homeservers.js";

const text = (body: string) => ({ msgtype: "m.text", body });
const bodiesIn = (events: readonly { readonly [key: string]: unknown }[]) =>
  events.flatMap(({ type, content }) => (type === "m.room.message" ? [(content as { body?: unknown }).body] : []));

describe("client API: rooms over federation", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  let bob: ClientUser;

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    await served.server("two.test");
    ann = await served.user("ann:one.test");
    bob = await served.user("bob:two.test");
  });

  afterEach(() => served.stop());

  it("takes two users through invite, join, messages both ways and leave, all seen in sync", async () => {
    const roomId = await ann.createRoom({ name: "Hall", invite: [bob.userId], is_direct: true });
    const invited = await bob.waitForSync((batch) => roomIn(batch, "invite", roomId) !== undefined, deadline());
    const names = inviteStateIn(invited, roomId).filter(({ type }) => type === "m.room.name");
    expect(names.map(({ content }) => content)).to.deep.equal([{ name: "Hall" }]);
    expect(await bob.join(roomId)).to.equal(roomId);
    const joined = await bob.waitForSync((batch) => roomIn(batch, "join", roomId) !== undefined, deadline());
    expect(joined.body.rooms).to.have.nested.property(`join.${roomId.replaceAll(".", "\\.")}.state.events`).that.is.not
      .empty;
    await ann.send(roomId, "m.room.message", text("hello"));
    await bob.waitForSync((batch) => bodiesIn(timelineIn(batch, roomId)).includes("hello"), deadline());
    await bob.send(roomId, "m.room.message", text("hi"));
    await ann.waitForSync((batch) => bodiesIn(timelineIn(batch, roomId)).includes("hi"), deadline());
    await bob.leave(roomId);
    await bob.waitForSync((batch) => roomIn(batch, "leave", roomId) !== undefined, deadline());
    await ann.waitForSync(
      (batch) =>
        timelineIn(batch, roomId).some(
          (event) =>
            event.state_key === bob.userId && (event.content as { membership?: unknown }).membership === "leave",
        ),
      deadline(),
    );
  });

  it("lets an invite over federation be rejected", async () => {
    const roomId = await ann.createRoom({ invite: [bob.userId] });
    await bob.waitForSync((batch) => roomIn(batch, "invite", roomId) !== undefined, deadline());
    await bob.leave(roomId);
    await bob.waitForSync((batch) => roomIn(batch, "leave", roomId) !== undefined, deadline());
    expect(await ann.getState(roomId, "m.room.member", bob.userId)).to.include({ membership: "leave" });
  });

  it("fetches history from before the join through backfill", async () => {
    const roomId = await ann.createRoom({ preset: "public_chat" });
    for (let at = 0; at < 25; at += 1) await ann.send(roomId, "m.room.message", text(`m${at}`));
    await bob.join(roomId, ["one.test"]);
    const seen: unknown[] = [];
    let from: string | undefined;
    do {
      const page = await bob.messages(roomId, { limit: 10, ...(from === undefined ? {} : { from }) });
      seen.push(...bodiesIn(page.chunk as never));
      from = page.end as string | undefined;
    } while (from !== undefined);
    expect(seen).to.deep.equal(Array.from({ length: 25 }, (_, at) => `m${24 - at}`));
  });

  it("pages backwards from prev_batch of a limited timeline without losing or repeating events", async () => {
    const roomId = await ann.createRoom({ preset: "public_chat" });
    const { body } = await ann.sync();
    for (let at = 0; at < 8; at += 1) await ann.send(roomId, "m.room.message", text(`m${at}`));
    const limited = await ann.sync({ since: body.next_batch as string, filter: { room: { timeline: { limit: 3 } } } });
    expect(bodiesIn(timelineIn(limited, roomId))).to.deep.equal(["m5", "m6", "m7"]);
    const timeline = roomIn(limited, "join", roomId)?.timeline as { limited: boolean; prev_batch: string };
    expect(timeline.limited).to.equal(true);
    const page = await ann.messages(roomId, { from: timeline.prev_batch, limit: 5 });
    expect(bodiesIn(page.chunk as never)).to.deep.equal(["m4", "m3", "m2", "m1", "m0"]);
    const forward = await ann.messages(roomId, { from: page.end as string, dir: "f", limit: 100 });
    expect(bodiesIn(forward.chunk as never).slice(0, 3)).to.deep.equal(["m0", "m1", "m2"]);
  });

  it("sends once for a transaction id, and shows that id to the sender only", async () => {
    const roomId = await served.roomOf(ann, bob);
    const path = clientPath("rooms", roomId, "send", "m.room.message", "t1");
    const first = await ann.request("PUT", path, text("once"));
    const again = await ann.request("PUT", path, text("once"));
    expect(again.body).to.deep.equal(first.body);
    const mine = await ann.waitForSync((batch) => bodiesIn(timelineIn(batch, roomId)).includes("once"), deadline());
    const events = timelineIn(mine, roomId).filter(({ type }) => type === "m.room.message");
    expect(events).to.have.length(1);
    expect(events[0]?.unsigned).to.include({ transaction_id: "t1" });
    const theirs = await bob.waitForSync((batch) => bodiesIn(timelineIn(batch, roomId)).includes("once"), deadline());
    expect(timelineIn(theirs, roomId).at(-1)?.unsigned).to.not.have.property("transaction_id");
  });

  it("redacts over federation", async () => {
    const roomId = await served.roomOf(ann, bob);
    const eventId = await ann.send(roomId, "m.room.message", text("oops"));
    await bob.waitForSync((batch) => bodiesIn(timelineIn(batch, roomId)).includes("oops"), deadline());
    const redaction = await ann.redact(roomId, eventId);
    await bob.waitForSync((batch) => timelineIn(batch, roomId).some((event) => event.redacts === eventId), deadline());
    const redacted = await bob.getEvent(roomId, eventId);
    expect(redacted.content).to.deep.equal({});
    expect(redacted.unsigned).to.have.nested.property("redacted_because.event_id", redaction);
  });

  it("resolves an alias at its server and joins by it", async () => {
    const roomId = await ann.createRoom({ preset: "public_chat", room_alias_name: "hall", visibility: "public" });
    expect(await bob.join("#hall:one.test")).to.equal(roomId);
    const missing = await bob.request("GET", clientPath("directory", "room", "#none:one.test"));
    expect(missing).to.include({ status: 404 }).and.nested.include({ "body.errcode": "M_NOT_FOUND" });
    const listed = await bob.expectObject("GET", `${clientPath("publicRooms")}?server=one.test`);
    expect(listed.chunk).to.have.nested.property("[0].canonical_alias", "#hall:one.test");
  });

  it("kicks, bans and unbans, and refuses those without the power", async () => {
    const roomId = await served.roomOf(ann, bob);
    const refused = await bob.request("POST", clientPath("rooms", roomId, "kick"), { user_id: ann.userId });
    expect(refused.status).to.equal(403);
    await bob.syncNext(deadline());
    await ann.remove("ban", roomId, bob.userId);
    await bob.waitForSync((batch) => roomIn(batch, "leave", roomId) !== undefined, deadline());
    const barred = await bob.request("POST", clientPath("join", roomId), {});
    expect(barred.status).to.equal(403);
    await ann.remove("unban", roomId, bob.userId);
    expect(await bob.join(roomId, ["one.test"])).to.equal(roomId);
  });

  it("takes profiles from the user's server, and shows changes to them in rooms", async () => {
    const roomId = await served.roomOf(ann, bob);
    await bob.expectObject("PUT", clientPath("profile", bob.userId, "displayname"), { displayname: "Bob" });
    expect(await ann.profile(bob.userId)).to.deep.equal({ displayname: "Bob" });
    await ann.waitForSync(
      (batch) =>
        timelineIn(batch, roomId).some(({ content }) => (content as { displayname?: unknown }).displayname === "Bob"),
      deadline(),
    );
    const missing = await ann.request("GET", clientPath("profile", bob.userId, "avatar_url"));
    expect(missing).to.include({ status: 404 }).and.nested.include({ "body.errcode": "M_NOT_FOUND" });
    expect((await ann.request("GET", clientPath("profile", "@nobody:two.test"))).status).to.equal(404);
  });

  for (const [server, kept] of [
    ["sound.test", undefined],
    ["faulty.test", "@ann:one.test"],
  ] as const) {
    it(`says of a member with a new name ${kept === undefined ? "no more" : "wrongly"} who had vouched for their join`, async () => {
      await served.server(server, { defects: new Set(kept === undefined ? [] : ["keeps-voucher-when-renamed"]) });
      const cam = await served.user(`cam:${server}`);
      const lobby = await ann.createRoom({ preset: "public_chat" });
      const rules = { join_rule: "restricted", allow: [{ type: "m.room_membership", room_id: lobby }] };
      const roomId = await ann.createRoom({
        room_version: "10",
        initial_state: [{ type: "m.room.join_rules", state_key: "", content: rules }],
      });
      for (const room of [lobby, roomId]) await cam.join(room, ["one.test"]);
      const membership = () => cam.getState(roomId, "m.room.member", cam.userId);
      expect(await membership()).to.include({ join_authorised_via_users_server: ann.userId });
      await cam.expectObject("PUT", clientPath("profile", cam.userId, "displayname"), { displayname: "Cam" });
      expect(await membership()).to.include({ displayname: "Cam" });
      expect((await membership()).join_authorised_via_users_server).to.equal(kept);
    });
  }

  it("keeps those out who are not in the room", async () => {
    const roomId = await ann.createRoom({});
    const state = await bob.request("GET", clientPath("rooms", roomId, "state"));
    expect(state).to.nested.include({ status: 403, "body.errcode": "M_FORBIDDEN" });
    const cam = await served.user("cam:one.test");
    expect((await cam.request("GET", clientPath("rooms", roomId, "members"))).status).to.equal(403);
    expect((await cam.request("GET", `${clientPath("rooms", roomId, "messages")}?dir=b`)).status).to.equal(403);
  });
});
