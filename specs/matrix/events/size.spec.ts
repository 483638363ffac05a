import { expect } from "chai";
import { canonicalJsonBytes } from "../../../src/matrix/canonical-json.js";
import { eventSizeProblem } from "../../../src/matrix/events/size.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { allRules, sampleEvent } from "./sample.js";

describe("event size", () => {
  it("is at most 65536 bytes with everything", () => {
    for (const rules of allRules) {
      const room = 65536 - canonicalJsonBytes(sampleEvent(rules, { content: { body: "" } })).length;
      const sized = (extra: number) => sampleEvent(rules, { content: { body: "x".repeat(room + extra) } });
      expect(eventSizeProblem(sized(0), rules)).to.equal(undefined);
      expect(eventSizeProblem(sized(1), rules)).to.match(/65537 bytes/);
    }
  });

  it("counts bytes, signatures and unsigned data", () => {
    const rules = roomVersionRules("11");
    const long = "é".repeat(32768);
    expect(eventSizeProblem(sampleEvent(rules, { content: { long } }), rules)).to.match(/the event has/);
    expect(eventSizeProblem(sampleEvent(rules, { signatures: { d: { "ed25519:1": long } } }), rules)).to.match(/event/);
    expect(eventSizeProblem(sampleEvent(rules, { unsigned: { long } }), rules)).to.match(/the event has/);
  });

  for (const field of ["sender", "room_id", "state_key", "type"]) {
    it(`allows 255 bytes of ${field}, however few characters they are`, () => {
      const rules = roomVersionRules("11");
      expect(eventSizeProblem(sampleEvent(rules, { [field]: `${"é".repeat(127)}a` }), rules)).to.equal(undefined);
      expect(eventSizeProblem(sampleEvent(rules, { [field]: "é".repeat(128) }), rules)).to.match(
        new RegExp(`${field} has 256`),
      );
    });
  }

  it("bounds event_id only where it is part of the event", () => {
    const event_id = "$".repeat(256);
    expect(eventSizeProblem(sampleEvent(roomVersionRules("2"), { event_id }), roomVersionRules("2"))).to.match(
      /event_id/,
    );
    expect(eventSizeProblem(sampleEvent(roomVersionRules("3"), { event_id }), roomVersionRules("3"))).to.equal(
      undefined,
    );
  });
});
