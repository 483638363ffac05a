import { expect } from "chai";
import type { Homeserver } from "../../src/homeserver/homeserver.js";
import { ROOM_VERSIONS } from "../../src/matrix/room-versions.js";
import { bodies, message, publicRoom, SmallFederation, until } from "./small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";

describe("Homeserver", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;

  beforeEach(() => {
    federation = new SmallFederation();
    one = federation.server("one.test");
    two = federation.server("two.test");
  });

  afterEach(() => federation.stop());

  for (const version of ROOM_VERSIONS) {
    it(`takes a room of version ${version} through invite, join, messages and leave`, async () => {
      const { rooms } = one.context;
      const room = await rooms.create({ creator: ANN, roomVersion: version, name: "Hall" });
      await rooms.invite(ANN, room.roomId, BOB);
      expect(two.context.rooms.outside(BOB)[0]?.membership).to.equal("invite");
      const joined = await two.context.rooms.join(BOB, room.roomId, []);
      expect(joined.state("m.room.name")?.content.name).to.equal("Hall");
      expect(two.context.rooms.outside(BOB)).to.deep.equal([]);
      expect(room.membership(BOB)).to.equal("join");
      await rooms.send(room.roomId, message(ANN, "hello"));
      await until(two, () => bodies(joined).includes("hello"), "Ann's message");
      await two.context.rooms.send(room.roomId, message(BOB, "hi"));
      await until(one, () => bodies(room).includes("hi"), "Bob's message");
      expect(joined.currentState()).to.deep.equal(room.currentState());
      await two.context.rooms.leave(BOB, room.roomId);
      await until(one, () => room.membership(BOB) === "leave", "Bob's leaving");
      expect(room.joinedServers()).to.deep.equal(["one.test"]);
    });

    it(`lets an invite to a room of version ${version} be rejected`, async () => {
      const room = await one.context.rooms.create({ creator: ANN, roomVersion: version });
      await one.context.rooms.invite(ANN, room.roomId, BOB);
      await two.context.rooms.leave(BOB, room.roomId);
      expect(room.membership(BOB)).to.equal("leave");
      expect(two.context.rooms.outside(BOB)[0]?.membership).to.equal("leave");
    });
  }

  it("relays a join to the servers that are there already", async () => {
    const three = federation.server("three.test");
    const room = await publicRoom(one, ANN, "12");
    const second = await two.context.rooms.join(BOB, room.roomId, ["one.test"]);
    await three.context.rooms.join("@cam:three.test", room.roomId, ["gone.test", "one.test"]);
    await until(two, () => second.membership("@cam:three.test") === "join", "Cam's join");
    expect(second.joinedServers()).to.have.members(["one.test", "two.test", "three.test"]);
  });

  it("passes a refusal on to whoever wanted to join", async () => {
    const room = await one.context.rooms.create({ creator: ANN, roomVersion: "11" });
    const refusal = await two.context.rooms.join(BOB, room.roomId, ["one.test"]).catch((error) => error);
    expect(refusal).to.include({ status: 403, errcode: "M_FORBIDDEN" });
    expect(two.context.rooms.get(room.roomId)).to.equal(undefined);
  });
});
