import { expect } from "chai";
import fc from "fast-check";
import { encodeBase64 } from "../../../src/matrix/base64.js";
import {
  contentHash,
  contentHashMatches,
  eventIdOf,
  MissingIdError,
  referenceHash,
  roomIdOfCreate,
} from "../../../src/matrix/events/hashes.js";
import { redact } from "../../../src/matrix/events/redaction.js";
import { completeEvent } from "../../../src/matrix/events/sign.js";
import { omit } from "../../../src/matrix/json.js";
import type { Pdu } from "../../../src/matrix/pdu.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import vectors from "../../vectors/event-signing.json" with { type: "json" };
import byVersion from "../../vectors/events-by-room-version.json" with { type: "json" };
import { anyEvent, key, sampleEvent } from "./sample.js";

const v11 = roomVersionRules("11");
const v12 = roomVersionRules("12");

function vectorEvent(roomVersion: string, name: string): Pdu {
  const event = byVersion.events[name as keyof typeof byVersion.events] as unknown as Pdu;
  const withoutId = ["1", "2"].includes(roomVersion) ? omit(event) : omit(event, "event_id");
  const bare = roomVersion === "12" && name === "create" ? omit(withoutId, "room_id") : withoutId;
  return bare as unknown as Pdu;
}

describe("event hashes", () => {
  for (const { name, roomVersions, event, ...expected } of vectors.cases) {
    it(`reproduce the vector of the ${name} in room versions ${roomVersions.join(", ")}`, () => {
      for (const id of roomVersions) {
        const rules = roomVersionRules(id);
        const signed = completeEvent(event as unknown as Pdu, rules, "domain", key);
        expect(signed.hashes?.sha256).to.equal(expected.contentHash);
        expect(signed.signatures?.domain).to.deep.equal({ "ed25519:1": expected.signature });
        expect(encodeBase64(referenceHash(signed, rules))).to.equal(expected.referenceHash);
      }
    });
  }

  for (const name of Object.keys(byVersion.events)) {
    it(`agree with another implementation on the ${name} event in every room version`, () => {
      const rows = byVersion.rows.filter((row) => row.event === name);
      expect(rows).to.have.length(12);
      for (const row of rows) {
        const rules = roomVersionRules(row.roomVersion);
        const signed = completeEvent(vectorEvent(row.roomVersion, name), rules, "domain", key);
        expect(
          {
            roomVersion: row.roomVersion,
            event: name,
            contentHash: signed.hashes?.sha256,
            signature: signed.signatures?.domain?.["ed25519:1"],
            referenceHash: encodeBase64(referenceHash(signed, rules)),
            eventId: eventIdOf(signed, rules),
          },
          `room version ${row.roomVersion}`,
        ).to.deep.equal(row);
      }
    });
  }

  it("make the room id of version 12 from the create event", () => {
    const create = vectors.cases.find(({ name }) => name.startsWith("create"))?.event as unknown as Pdu;
    const signed = completeEvent(create, v12, "domain", key);
    expect(roomIdOfCreate(signed, v12)).to.equal("!P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM");
    expect(eventIdOf(signed, v12)).to.equal("$P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM");
  });

  it("leave ids on the wire alone, and miss them when they are not there", () => {
    const { event_id: _, room_id: __, ...bare } = sampleEvent(roomVersionRules("1"));
    expect(eventIdOf(sampleEvent(roomVersionRules("1")), roomVersionRules("1"))).to.equal("$e:domain");
    expect(roomIdOfCreate(sampleEvent(v11), v11)).to.equal("!r:domain");
    expect(() => eventIdOf(bare as Pdu, roomVersionRules("2"))).to.throw(MissingIdError, "event_id");
    expect(() => roomIdOfCreate(bare as Pdu, v11)).to.throw(MissingIdError, "room_id");
  });

  it("take padded and URL-safe spellings of the content hash, and nothing else", () => {
    const event = sampleEvent(v11);
    const hash = contentHash(event);
    const matches = (sha256: unknown) => contentHashMatches({ ...event, hashes: { sha256 } } as Pdu);
    expect(matches(hash)).to.equal(true);
    expect(matches(`${hash}=`)).to.equal(true);
    expect(matches(hash.replaceAll("+", "-").replaceAll("/", "_"))).to.equal(true);
    for (const bad of ["", "!", hash.slice(4), contentHash({ ...event, depth: 8 }), 5, undefined]) {
      expect(matches(bad), String(bad)).to.equal(false);
    }
    expect(contentHashMatches({ ...event, hashes: { md5: hash } } as Pdu)).to.equal(false);
  });

  it("ignore unsigned data and signatures", () => {
    fc.assert(
      fc.property(anyEvent, fc.string(), ({ event, rules }, text) => {
        const changed = { ...event, unsigned: { text }, signatures: { [text]: { "ed25519:1": text } } };
        expect(contentHash(changed)).to.equal(contentHash(event));
        expect(referenceHash(changed, rules)).to.deep.equal(referenceHash(event, rules));
      }),
    );
  });

  it("notice any change of content", () => {
    fc.assert(
      fc.property(anyEvent, ({ event }) => {
        const changed = { ...event, content: { ...event.content, added: true } };
        expect(contentHash(changed)).not.to.equal(contentHash(event));
      }),
    );
  });

  it("put the content hash into the event id", () => {
    const event = sampleEvent(v11);
    expect(eventIdOf({ ...event, hashes: { sha256: "other" } }, v11)).not.to.equal(eventIdOf(event, v11));
  });

  it("give the redacted copy the same event id", () => {
    fc.assert(
      fc.property(anyEvent, ({ event, rules }) => {
        expect(eventIdOf(redact(event, rules), rules)).to.equal(eventIdOf(event, rules));
      }),
    );
  });
});
