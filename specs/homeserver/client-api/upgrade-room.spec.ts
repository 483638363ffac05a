import { expect } from "chai";
import type { ClientUser } from "../../../src/client/client-user.js";
import { clientPath } from "../../../src/client/paths.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { ServedFederation } from "../../support/users-of-homeservers.js";

describe("client API: upgrades of rooms", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  let abe: ClientUser;

  const begin = async (defects: readonly string[] = []): Promise<void> => {
    await served.server("one.test", { defects: new Set(defects) });
    ann = await served.user("ann:one.test");
    abe = await served.user("abe:one.test");
  };
  const upgraded = async (user: ClientUser, roomId: string, body: JsonObject): Promise<string> => {
    const answer = await user.expectObject("POST", clientPath("rooms", roomId, "upgrade"), body);
    return String(answer.replacement_room);
  };

  beforeEach(() => {
    served = new ServedFederation();
  });

  afterEach(() => served.stop());

  it("keep what the room was, move its aliases and close the old one", async () => {
    await begin();
    const old = await ann.createRoom({
      room_version: "10",
      name: "Hall",
      room_alias_name: "hall",
      creation_content: { type: "org.example.kind", "m.federate": false },
      power_level_content_override: { users: { [ann.userId]: 100, [abe.userId]: 60 } },
    });
    const fresh = await upgraded(ann, old, { new_version: "12", additional_creators: [abe.userId] });
    const create = await ann.getState(fresh, "m.room.create");
    expect(create).to.deep.include({
      room_version: "12",
      type: "org.example.kind",
      "m.federate": false,
      additional_creators: [abe.userId],
    });
    expect(create.predecessor).to.include({ room_id: old }).and.have.property("event_id");
    expect((await ann.getState(fresh, "m.room.power_levels")).users).to.deep.equal({});
    expect(await ann.getState(fresh, "m.room.name")).to.deep.equal({ name: "Hall" });
    const alias = await ann.expectObject("GET", clientPath("directory", "room", "#hall:one.test"));
    expect(alias.room_id).to.equal(fresh);
    expect(await ann.getState(old, "m.room.tombstone")).to.include({ replacement_room: fresh });
    expect(await ann.getState(old, "m.room.power_levels")).to.include({ events_default: 50, invite: 50 });
  });

  it("give the maker a level where creators have none above all", async () => {
    await begin();
    const old = await ann.createRoom({ room_version: "12" });
    const fresh = await upgraded(ann, old, { new_version: "11", additional_creators: [abe.userId] });
    expect(await ann.getState(fresh, "m.room.create")).to.not.have.property("additional_creators");
    expect((await ann.getState(fresh, "m.room.power_levels")).users).to.deep.equal({ [ann.userId]: 100 });
  });

  it("leave a room's publication to its replacement", async () => {
    await begin();
    const old = await ann.createRoom({ visibility: "public" });
    const fresh = await upgraded(ann, old, { new_version: "12" });
    const listed = async (roomId: string) =>
      (await ann.expectObject("GET", clientPath("directory", "list", "room", roomId))).visibility;
    expect([await listed(old), await listed(fresh)]).to.deep.equal(["private", "public"]);
  });

  it("are refused to strangers, to who lacks the power, and to versions that are not offered, before anything is done", async () => {
    await begin();
    const old = await ann.createRoom({ preset: "public_chat", room_alias_name: "hall" });
    const refusal = async (user: ClientUser, version: string) => {
      const { status, body } = await user.request("POST", clientPath("rooms", old, "upgrade"), {
        new_version: version,
      });
      return [status, (body as JsonObject).errcode];
    };
    expect(await refusal(abe, "12")).to.deep.equal([403, "M_FORBIDDEN"]);
    await abe.join(old);
    expect(await refusal(abe, "12")).to.deep.equal([403, "M_FORBIDDEN"]);
    expect(await refusal(ann, "org.example.none")).to.deep.equal([400, "M_UNSUPPORTED_ROOM_VERSION"]);
    const alias = await ann.expectObject("GET", clientPath("directory", "room", "#hall:one.test"));
    expect(alias.room_id).to.equal(old);
  });

  it("have trusted guests be creators, or as mighty as the creator in older versions", async () => {
    await begin();
    const trusted = { preset: "trusted_private_chat", invite: [abe.userId] };
    const further = { additional_creators: [ann.userId, abe.userId] };
    const newest = await ann.createRoom({ ...trusted, room_version: "12", creation_content: further });
    expect((await ann.getState(newest, "m.room.create")).additional_creators).to.deep.equal([abe.userId]);
    const older = await ann.createRoom({ ...trusted, room_version: "11" });
    const { users } = await ann.getState(older, "m.room.power_levels");
    expect(users).to.deep.equal({ [ann.userId]: 100, [abe.userId]: 100 });
  });
});
