import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { forge } from "../../../src/steps/forging/forge.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/mutations", () => {
  const house = playhouse();
  const together: readonly Call[] = [
    [createRoom, { as: "ann", id: "room" }],
    [join, { as: "pia", room: "room", via: "one" }],
  ];
  const writes = (events: JsonObject): Call => [forge, { room: "room", events }];

  it("adds to the end of a text where told, and only of a text", async () => {
    const adds = (at: string) => ({ by: "pia", mutate: [{ at, append: "=", stage: "after-hashing" }] });
    const played = await house.play([...together, writes({ padded: adds("/hashes/sha256") })]);
    expect(played.pdu("padded").hashes?.sha256).to.match(/^[A-Za-z0-9+/]{43}=$/);
    expect(played.soundness(played.pdu("padded"), ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
    const end = await house.endOf([...together, writes({ nothing: adds("/depth") })]);
    expect(end).to.include({ outcome: "error", reason: "Error: no text stands at /depth" });
  });
});
