import { expect } from "chai";
import { publicRoom, SmallFederation } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";

describe("the rooms of a user", () => {
  let federation: SmallFederation;

  afterEach(() => federation.stop());

  const idsOf = (server: ReturnType<SmallFederation["server"]>, user: string) =>
    server.context.rooms.ofUser(user).map(({ roomId }) => roomId);

  it("are those that the user is in, and those that the user has left", async () => {
    federation = new SmallFederation();
    const one = federation.server("one.test");
    const two = federation.server("two.test");
    const hall = await publicRoom(one, ANN, "11");
    const square = await publicRoom(one, ANN, "11");
    expect(idsOf(one, ANN)).to.deep.equal([hall.roomId, square.roomId]);
    expect(idsOf(one, BOB)).to.deep.equal([]);
    await two.context.rooms.join(BOB, square.roomId, ["one.test"]);
    expect(idsOf(one, BOB)).to.deep.equal([square.roomId]);
    expect(idsOf(two, BOB)).to.deep.equal([square.roomId]);
    expect(idsOf(two, ANN)).to.deep.equal([square.roomId]);
    await two.context.rooms.leave(BOB, square.roomId);
    expect(idsOf(two, BOB)).to.deep.equal([square.roomId]);
  });
});
