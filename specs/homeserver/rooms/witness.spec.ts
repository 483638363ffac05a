import { expect } from "chai";
import { publicRoom, SmallFederation } from "../small-federation.js";

const ANN = "@ann:one.test";
const CARA = "@cara:one.test";

describe("witnessing an event", () => {
  const federation = new SmallFederation();

  after(() => federation.stop());

  /** Cara has not entered the room: what she writes there is not allowed. */
  async function room() {
    const one = federation.server("one.test");
    const made = await publicRoom(one, ANN, "11");
    const { rooms } = one.context;
    const write = (sender: string, prevEvents = made.forwardExtremities) =>
      rooms.draft(made.roomId, { type: "m.room.message", sender, content: { body: sender } }, { prevEvents });
    return { rooms, made, write };
  }

  it("accepts what the rules allow, and builds upon it", async () => {
    const { rooms, made, write } = await room();
    const { eventId, event } = write(ANN);
    const record = rooms.witness(made.roomId, event);
    expect(record).to.include({ eventId, rejected: false, softFailed: false });
    expect(made.forwardExtremities).to.deep.equal([eventId]);
  });

  it("rejects what they do not allow, which injecting does not", async () => {
    const { rooms, made, write } = await room();
    const before = made.forwardExtremities;
    const { eventId, event } = write(CARA);
    expect(rooms.witness(made.roomId, event).rejected).to.equal(true);
    expect(made.forwardExtremities).to.deep.equal(before);
    const other = write(CARA, [eventId]);
    expect(rooms.inject(made.roomId, other.event).rejected).to.equal(false);
  });
});
