import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { JsonObject } from "../../../src/matrix/json.js";
import { ROOM_VERSIONS } from "../../../src/matrix/room-versions.js";
import { pduFormatOf, pduFormatShown, pduProblems } from "../../../src/schema/pdu-format.js";
import { ONE, specEvent } from "../../support/exchanges.js";
import { describeSchemas, type SchemaSample } from "../../support/schema-samples.js";
import { EVENT_ID, HASH } from "../../support/wire-bodies.js";

const FORMATS: readonly (readonly [format: string, versions: readonly string[]])[] = [
  ["v1", ["1", "2"]],
  ["v3", ["3"]],
  ["v4", ["4", "5"]],
  ["v6", ["6", "7", "8", "9", "10"]],
  ["v11", ["11"]],
  ["v12", ["12"]],
];
const COMMON = [
  "/type",
  "/sender",
  "/content",
  "/origin_server_ts",
  "/depth",
  "/hashes",
  "/hashes/sha256",
  "/signatures",
];
const PAIR = [`$e:${ONE.name}`, { sha256: HASH }] as const;
const references = (format: string, count: number) =>
  Array(count).fill(format === "v1" ? PAIR : format === "v3" ? `$${"a+/".repeat(14)}b` : EVENT_ID);
const event = (version: string): JsonObject => JSON.parse(JSON.stringify(specEvent(ONE, version)));
const oldDepth = (format: string): boolean => ["v1", "v3", "v4"].includes(format);

function sampleOf([format, [version = ""]]: (typeof FORMATS)[number]): SchemaSample {
  const bytes = 2 ** 53;
  return {
    schema: `pdu-${format}`,
    good: { ...event(version), prev_events: references(format, 1), auth_events: references(format, 1) },
    required: [...COMMON, "/room_id", "/prev_events", "/auth_events", ...(format === "v1" ? ["/event_id"] : [])],
    bad: [
      ["21 prev_events", "/prev_events", references(format, 21)],
      ["11 auth_events", "/auth_events", references(format, 11)],
      ["references of another format", "/prev_events", references(format === "v1" ? "v4" : "v1", 1)],
      ["a depth beyond the limit", "/depth", oldDepth(format) ? 2 ** 64 : bytes],
      ["a padded hash", "/hashes/sha256", `${HASH}=`],
      ["a room id of the other kind", "/room_id", format === "v12" ? "!r:one.test" : `!${HASH}`],
      ["a state key that is no string", "/state_key", 1],
      ["unsigned that is no object", "/unsigned", []],
    ],
    alsoGood: [
      ["20 prev_events", "/prev_events", references(format, 20)],
      ["10 auth_events", "/auth_events", references(format, 10)],
      ["no references", "/prev_events", []],
      ["the deepest depth", "/depth", oldDepth(format) ? 2 ** 63 : bytes - 1],
      ["anything in unsigned", "/unsigned", { age: "old", redacted_because: {} }],
      ["an origin, which old versions had", "/origin", "one.test"],
      ["a historical user id", "/sender", "@Älice Ü:one.test"],
    ],
  };
}

describeSchemas("wire schemas of PDUs", FORMATS.map(sampleOf));

describe("schema/pdu-format", () => {
  it("knows the format of every room version", () => {
    const known = FORMATS.flatMap(([format, versions]) => versions.map((version) => [version, format]));
    expect(ROOM_VERSIONS.map((version) => [version, pduFormatOf(version)])).to.deep.equal(known);
    expect(pduFormatOf("org.test.99")).to.equal("unknown-version");
  });

  it("takes real events of every room version, known or not", () => {
    for (const version of ROOM_VERSIONS) {
      expect(pduProblems(event(version), version), version).to.deep.equal([]);
      expect(pduProblems(event(version)), version).to.deep.equal([]);
    }
  });

  it("reads the format from a create event or from references in pairs", () => {
    const create = { type: "m.room.create", state_key: "", content: { room_version: "12" } };
    expect(pduFormatShown(create)).to.equal("v12");
    expect(pduFormatShown({ ...create, content: {} })).to.equal("v1");
    expect(pduFormatShown({ type: "x", prev_events: [["$a:b", {}]] })).to.equal("v1");
    expect(pduFormatShown({ type: "x", prev_events: [EVENT_ID] })).to.equal("unknown-version");
  });

  it("lets a create event of version 12 go without a room id, and no other event", () => {
    const { room_id: _, ...rest } = event("12");
    expect(pduProblems({ ...rest, type: "m.room.create", state_key: "" }, "12")).to.deep.equal([]);
    expect(pduProblems(rest, "12")).not.to.be.empty;
  });

  it("reads the largest depth as it stands on the wire", () => {
    const text = JSON.stringify(event("3")).replace('"depth":5', '"depth":9223372036854775807');
    expect(pduProblems(JSON.parse(text), "3")).to.deep.equal([]);
    const file = new URL("../../../schemas/wire/pdu-v3.schema.json", import.meta.url);
    expect(readFileSync(file, "utf8")).to.contain("9223372036854775807");
  });
});
