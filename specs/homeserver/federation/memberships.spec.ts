import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import type { Room } from "../../../src/homeserver/parts.js";
import { isJsonObject, type JsonObject } from "../../../src/matrix/json.js";
import type { WireHandler } from "../../../src/net/wire.js";
import { publicRoom, SmallFederation, until } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";
const CAM = "@cam:three.test";

describe("memberships across servers", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;

  beforeEach(() => {
    federation = new SmallFederation();
    one = federation.server("one.test");
    two = federation.server("two.test");
  });

  afterEach(() => federation.stop());

  function failure(act: Promise<unknown>): Promise<unknown> {
    return act.then(
      () => "succeeded",
      (error) => error,
    );
  }

  async function restricted(version: string, allowed: readonly Room[], invite = 0): Promise<Room> {
    const allow = allowed.map(({ roomId }) => ({ type: "m.room_membership", room_id: roomId }));
    const content = { join_rule: "restricted", allow };
    return one.context.rooms.create({
      creator: ANN,
      roomVersion: version,
      initialState: [{ type: "m.room.join_rules", stateKey: "", content }],
      powerLevels: { invite },
    });
  }

  /** Replaces the answers of one server to one endpoint. */
  function tamper(server: Homeserver, part: string, change: (body: JsonObject) => JsonObject): void {
    const honest: WireHandler = server.handleFederation;
    federation.handlers.set(server.serverName, async (request) => {
      const response = await honest(request);
      const body: unknown = JSON.parse(new TextDecoder().decode(response.body));
      if (!request.target.includes(part) || !isJsonObject(body)) return response;
      return { ...response, body: new TextEncoder().encode(JSON.stringify(change(body))) };
    });
  }

  for (const version of ["8", "10", "12"]) {
    it(`let members of an allowed room into a restricted room of version ${version}, with both signatures`, async () => {
      const lobby = await publicRoom(one, ANN, version);
      const hall = await restricted(version, [lobby]);
      expect(await failure(two.context.rooms.join(BOB, hall.roomId, ["one.test"]))).to.include({ status: 403 });
      await two.context.rooms.join(BOB, lobby.roomId, ["one.test"]);
      const seen = await two.context.rooms.join(BOB, hall.roomId, ["one.test"]);
      const join = seen.state("m.room.member", BOB);
      expect(join?.content.join_authorised_via_users_server).to.equal(ANN);
      expect(Object.keys(join?.signatures ?? {})).to.have.members(["one.test", "two.test"]);
    });
  }

  it("tell a joiner when this server cannot know and when it cannot grant", async () => {
    const elsewhere = await publicRoom(two, BOB, "10");
    const unknown = await restricted("10", [elsewhere]);
    expect(await failure(two.context.rooms.join(BOB, unknown.roomId, ["one.test"]))).to.include({
      status: 400,
      errcode: "M_UNABLE_TO_AUTHORISE_JOIN",
    });
    const lobby = await publicRoom(one, ANN, "10");
    await two.context.rooms.join(BOB, lobby.roomId, ["one.test"]);
    const locked = await restricted("10", [lobby], 101);
    expect(await failure(two.context.rooms.join(BOB, locked.roomId, ["one.test"]))).to.include({
      errcode: "M_UNABLE_TO_GRANT_JOIN",
    });
  });

  it("need a room version that both know", async () => {
    const old = federation.server("old.test", { roomVersions: ["10"] });
    const room = await publicRoom(one, ANN, "12");
    const refusal = await failure(old.context.rooms.join("@old:old.test", room.roomId, ["one.test"]));
    expect(refusal).to.deep.include({ errcode: "M_INCOMPATIBLE_ROOM_VERSION", extra: { room_version: "12" } });
    expect(await failure(one.context.rooms.invite(ANN, room.roomId, "@old:old.test"))).to.include({ status: 400 });
    expect(room.membership("@old:old.test")).to.equal(undefined);
  });

  const forgeries: readonly (readonly [string, JsonObject])[] = [
    ["type", { type: "m.room.topic" }],
    ["sender", { sender: "@eve:two.test" }],
    ["state_key", { state_key: "@eve:two.test" }],
    ["room_id", { room_id: "!other:one.test" }],
    ["membership", { content: { membership: "ban" } }],
  ];
  for (const [field, forged] of forgeries) {
    it(`are not asked for with a template whose ${field} was not asked for`, async () => {
      const room = await publicRoom(one, ANN, "11");
      tamper(one, "make_join", (body) => ({ ...body, event: { ...(body.event as JsonObject), ...forged } }));
      expect(await failure(two.context.rooms.join(BOB, room.roomId, ["one.test"]))).to.include({ status: 502 });
      expect(federation.carried.some(({ request }) => request.target.includes("send_join"))).to.equal(false);
    });
  }

  it("leave forged state out of a room that was joined", async () => {
    const room = await one.context.rooms.create({
      creator: ANN,
      roomVersion: "11",
      preset: "public_chat",
      name: "Hall",
    });
    tamper(one, "send_join", (body) => {
      const state = (body.state as readonly JsonObject[]).map((event) =>
        event.type === "m.room.name" ? { ...event, sender: "@eve:one.test" } : event,
      );
      return { ...body, state };
    });
    const seen = await two.context.rooms.join(BOB, room.roomId, ["one.test"]);
    expect(seen.state("m.room.name")).to.equal(undefined);
    expect(seen.membership(ANN)).to.equal("join");
  });

  it("fail when the state is that of another room", async () => {
    const room = await publicRoom(one, ANN, "12");
    tamper(one, "send_join", (body) => {
      const others = (body.state as readonly JsonObject[]).filter(({ type }) => type !== "m.room.create");
      return { ...body, state: others };
    });
    expect(await failure(two.context.rooms.join(BOB, room.roomId, ["one.test"]))).to.include({ status: 502 });
    expect(two.context.rooms.get(room.roomId)).to.equal(undefined);
  });

  it("reach a room by knocking, and the knock can be taken back", async () => {
    const content = { join_rule: "knock" };
    const room = await one.context.rooms.create({
      creator: ANN,
      roomVersion: "11",
      initialState: [{ type: "m.room.join_rules", stateKey: "", content }],
    });
    await two.context.rooms.knock(BOB, room.roomId, ["one.test"]);
    expect(room.membership(BOB)).to.equal("knock");
    expect(two.context.rooms.outside(BOB)[0]?.strippedState.some(({ type }) => type === "m.room.create")).to.equal(
      true,
    );
    await two.context.rooms.leave(BOB, room.roomId);
    expect(room.membership(BOB)).to.equal("leave");
  });

  it("keep servers outside from reading the room", async () => {
    const three = federation.server("three.test");
    const room = await publicRoom(one, ANN, "11");
    const tip = encodeURIComponent(room.forwardExtremities[0] ?? "");
    const path = encodeURIComponent(room.roomId);
    for (const uri of [
      `/_matrix/federation/v1/state_ids/${path}?event_id=${tip}`,
      `/_matrix/federation/v1/state/${path}?event_id=${tip}`,
      `/_matrix/federation/v1/backfill/${path}?v=${tip}&limit=1`,
      `/_matrix/federation/v1/event_auth/${path}/${tip}`,
      `/_matrix/federation/v1/event/${tip}`,
    ]) {
      expect(await failure(three.context.federation.request("one.test", "GET", uri)), uri).to.include({ status: 403 });
    }
  });

  it("end for a server whose only user is kicked, which still hears of it", async () => {
    const three = federation.server("three.test");
    const room = await publicRoom(one, ANN, "11");
    const seen = await three.context.rooms.join(CAM, room.roomId, ["one.test"]);
    const content = { membership: "leave", reason: "closing" };
    await one.context.rooms.send(room.roomId, { type: "m.room.member", sender: ANN, stateKey: CAM, content });
    await until(three, () => seen.membership(CAM) === "leave", "the kick");
    expect(room.joinedServers()).to.deep.equal(["one.test"]);
  });

  it("are refused to invitees of other servers and to invites that were tampered with", async () => {
    const room = await publicRoom(one, ANN, "11");
    const content = { membership: "invite" };
    const draft = { type: "m.room.member", sender: ANN, stateKey: CAM, content };
    const { event, eventId } = one.context.rooms.draft(room.roomId, draft);
    const uri = `/_matrix/federation/v2/invite/${encodeURIComponent(room.roomId)}/${encodeURIComponent(eventId)}`;
    const body = { room_version: "11", event: event as JsonObject, invite_room_state: [] };
    expect(await failure(one.context.federation.request("two.test", "PUT", uri, body))).to.include({
      status: 400,
      errcode: "M_INVALID_PARAM",
    });
  });

  it("are taken in version 12 with a room described in the old way, where nothing but the create event is whole", async () => {
    const room = await publicRoom(one, ANN, "12");
    const draft = { type: "m.room.member", sender: ANN, stateKey: BOB, content: { membership: "invite" } };
    const { event, eventId } = one.context.rooms.draft(room.roomId, draft);
    const uri = `/_matrix/federation/v2/invite/${encodeURIComponent(room.roomId)}/${encodeURIComponent(eventId)}`;
    const rules = { type: "m.room.join_rules", state_key: "", sender: ANN, content: { join_rule: "public" } };
    const create = room.state("m.room.create") as unknown as JsonObject;
    const invite = (state: readonly JsonObject[]) =>
      one.context.federation.request("two.test", "PUT", uri, {
        room_version: "12",
        event: event as JsonObject,
        invite_room_state: state,
      });
    expect(await failure(invite([{ ...create, signatures: {} }, rules]))).to.include({ status: 400 });
    expect(await failure(invite([rules]))).to.include({ status: 400, errcode: "M_MISSING_PARAM" });
    expect(await invite([create, rules])).to.have.nested.property("event.signatures");
  });
});
