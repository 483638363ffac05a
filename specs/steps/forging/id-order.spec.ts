import { createHash } from "node:crypto";
import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { forge } from "../../../src/steps/forging/forge.js";
import { createRoom, join } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/id-order", () => {
  const house = playhouse();
  const together: readonly Call[] = [
    [createRoom, { as: "ann", id: "room", powers: { users_default: 50 } }],
    [join, { as: "pia", room: "room", via: "one" }],
  ];
  const writes = (events: JsonObject): Call => [forge, { room: "room", events }];
  const topic = { by: "pia", state: "m.room.topic", content: { topic: "Budget" } };
  const sha1 = (id: string) => createHash("sha1").update(id).digest("hex");

  for (const version of ["1", "11"]) {
    it(`finds ids that compare as asked, of sound events, in room version ${version}`, async () => {
      const [first, ...others] = together;
      const made: Call = [createRoom, { ...first?.[1], version }];
      const graph = {
        a: topic,
        smaller: { ...topic, "id-order": [{ than: "a", is: "smaller" }] },
        greater: { ...topic, "id-order": [{ than: "a", is: "greater" }] },
        both: {
          ...topic,
          "id-order": [
            { than: "a", is: "smaller", by: "sha1" },
            { than: "a", is: "greater" },
          ],
        },
      };
      const played = await house.play([made, ...others, writes(graph)]);
      const id = (name: string) => played.eventId(name);
      expect(id("smaller") < id("a")).to.equal(true);
      expect(id("greater") > id("a")).to.equal(true);
      expect([sha1(id("both")) < sha1(id("a")), id("both") > id("a")]).to.deep.equal([true, true]);
      for (const name of ["smaller", "greater", "both"]) {
        expect(played.soundness(played.pdu(name), ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
      }
    });
  }

  it("is an authoring error where no id can fit", async () => {
    const wishes = [
      { than: "a", is: "smaller" },
      { than: "a", is: "greater" },
    ];
    const end = await house.endOf([...together, writes({ a: topic, b: { ...topic, "id-order": wishes } })]);
    expect(end).to.include({ outcome: "error" });
    expect(end.reason).to.include("no id was found that compares with that of a and a as asked");
  });

  it("stands beside a depth of one's own choice", async () => {
    const played = await house.play([...together, writes({ deep: { ...topic, depth: 1000 }, next: { by: "pia" } })]);
    expect([played.pdu("deep").depth, played.pdu("next").depth]).to.deep.equal([1000, 1001]);
    expect(played.soundness(played.pdu("deep"), ["peer"])).to.deep.equal({ hash: true, signers: ["peer"] });
  });
});
