import { expect } from "chai";
import type { ClientUser } from "../../../src/client/client-user.js";
import { clientPath } from "../../../src/client/paths.js";
import { ephemeralIn, stateIn, timelineIn } from "../../../src/client/sync-batch.js";
import { roomIn } from "../../support/room-in.js";
import { deadline, ServedFederation } from "../../support/users-of-homeservers.js";

const text = (body: string) => ({ msgtype: "m.text", body });
const typesIn = (events: readonly { readonly [key: string]: unknown }[]) => events.map(({ type }) => type);

describe("sync", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  let bob: ClientUser;

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    ann = await served.user("ann:one.test");
    bob = await served.user("bob:one.test");
  });

  afterEach(() => served.stop());

  it("waits for news, and answers without any when the time is up", async () => {
    const roomId = await served.roomOf(ann, bob);
    const { body } = await ann.sync();
    const since = body.next_batch as string;
    const quiet = await ann.sync({ since, timeoutMs: 30 });
    expect(quiet.body.rooms).to.deep.equal({ join: {}, invite: {}, knock: {}, leave: {} });
    const pending = ann.sync({ since, timeoutMs: 5000 });
    await bob.send(roomId, "m.room.message", text("now"));
    expect(typesIn(timelineIn(await pending, roomId))).to.deep.equal(["m.room.message"]);
  });

  it("gives the state before the timeline, and in between only what changed", async () => {
    const roomId = await ann.createRoom({ name: "Hall" });
    for (let at = 0; at < 4; at += 1) await ann.send(roomId, "m.room.message", text(`m${at}`));
    const initial = await ann.sync({ filter: { room: { timeline: { limit: 2 } } } });
    expect(typesIn(timelineIn(initial, roomId))).to.deep.equal(["m.room.message", "m.room.message"]);
    expect(typesIn(stateIn(initial, roomId))).to.include.members(["m.room.create", "m.room.member", "m.room.name"]);
    await ann.sendState(roomId, "m.room.topic", "", { topic: "t" });
    for (let at = 0; at < 3; at += 1) await ann.send(roomId, "m.room.message", text(`n${at}`));
    const since = initial.body.next_batch as string;
    const later = await ann.sync({ since, filter: { room: { timeline: { limit: 2 } } } });
    expect(typesIn(stateIn(later, roomId))).to.deep.equal(["m.room.topic"]);
    expect(roomIn(later, "join", roomId)?.timeline).to.include({ limited: true });
  });

  it("gives the whole state to a user who has just joined", async () => {
    const roomId = await ann.createRoom({ preset: "public_chat", name: "Hall" });
    await bob.syncNext(deadline());
    await bob.join(roomId);
    const batch = await bob.waitForSync((seen) => roomIn(seen, "join", roomId) !== undefined, deadline());
    const types = typesIn([...stateIn(batch, roomId), ...timelineIn(batch, roomId)]);
    expect(types).to.include.members(["m.room.create", "m.room.power_levels", "m.room.name", "m.room.member"]);
  });

  it("hides what was said before the join where history is for members only", async () => {
    const roomId = await ann.createRoom({
      preset: "public_chat",
      initial_state: [{ type: "m.room.history_visibility", state_key: "", content: { history_visibility: "joined" } }],
    });
    const secret = await ann.send(roomId, "m.room.message", text("secret"));
    await bob.join(roomId);
    const open = await ann.send(roomId, "m.room.message", text("open"));
    const ids = timelineIn(await bob.sync(), roomId).map(({ event_id: id }) => id);
    expect(ids).to.include(open).and.not.include(secret);
    expect((await bob.request("GET", clientPath("rooms", roomId, "event", secret))).status).to.equal(404);
    expect(await bob.getEvent(roomId, open)).to.nested.include({ "content.body": "open" });
  });

  it("shows those who left nothing that came after", async () => {
    const roomId = await served.roomOf(ann, bob);
    const { body } = await bob.sync();
    await bob.leave(roomId);
    await ann.send(roomId, "m.room.message", text("about Bob"));
    const batch = await bob.sync({ since: body.next_batch as string });
    const events = timelineIn(batch, roomId);
    expect(typesIn(events)).to.deep.equal(["m.room.member"]);
    expect(roomIn(batch, "join", roomId)).to.equal(undefined);
    const page = await bob.messages(roomId, { limit: 50 });
    expect(JSON.stringify(page.chunk)).to.not.include("about Bob");
  });

  it("keeps threaded and unthreaded receipts on one event apart, and private ones to their user", async () => {
    const roomId = await served.roomOf(ann, bob);
    const eventId = await ann.send(roomId, "m.room.message", text("x"));
    const receipt = (type: string, body: object) =>
      bob.expectObject("POST", clientPath("rooms", roomId, "receipt", type, eventId), body as never);
    await receipt("m.read", {});
    await receipt("m.read", { thread_id: "main" });
    await receipt("m.read.private", {});
    const contents = async (viewer: ClientUser) =>
      ephemeralIn(await viewer.sync(), roomId)
        .filter(({ type }) => type === "m.receipt")
        .map(
          ({ content }) => (content as { [id: string]: { [type: string]: { [user: string]: object } } })[eventId] ?? {},
        );
    const seenByAnn = await contents(ann);
    expect(seenByAnn.map((content) => Object.keys(content["m.read"]?.[bob.userId] ?? {}))).to.deep.equal([
      ["ts"],
      ["ts", "thread_id"],
    ]);
    expect(JSON.stringify(seenByAnn)).to.not.include("m.read.private");
    expect(JSON.stringify(await contents(bob))).to.include("m.read.private");
  });
});
