import { expect } from "chai";
import { passiveFacts } from "../../../src/checks/passive/facts.js";
import { eventIdOf, roomIdOfCreate } from "../../../src/matrix/events/hashes.js";
import { completeEvent } from "../../../src/matrix/events/sign.js";
import type { JsonValue } from "../../../src/matrix/json.js";
import { roomVersionRules } from "../../../src/matrix/room-versions.js";
import { keysOf, NOW, ONE, PEER, specEvent, specExchange, TWO, transaction } from "../../support/exchanges.js";

const ROOM = "!r:one.test";
const make = (room_version: string) =>
  specExchange({
    target: "/_matrix/federation/v1/make_join/%21r%3Aone.test/%40a%3Ab",
    answer: { room_version, event: {} },
  });
const facts = (exchanges: Parameters<typeof passiveFacts>[0], rest: object = {}) =>
  passiveFacts(exchanges, { underTest: new Set([ONE.name]), ...rest });
const event = specEvent(PEER, "11", { room_id: ROOM });
const id = eventIdOf(event, roomVersionRules("11"));
const sent = (pdu: object, to = ONE) => transaction([pdu as JsonValue], [], { from: PEER, to });

describe("checks/passive/facts", () => {
  it("learns keys from the documents that servers published", () => {
    const seen = specExchange({ from: PEER, to: TWO, target: "/_matrix/key/v2/server", answer: keysOf(TWO) });
    expect([...facts([seen]).serverKeys(TWO.name)]).to.deep.equal([[TWO.key.keyId, TWO.key.publicKey]]);
    expect(facts([seen]).serverKeys(ONE.name).size).to.equal(0);
  });

  it("learns a room's version from handshakes, until they disagree", () => {
    expect(facts([make("11")]).roomVersion(ROOM)).to.equal("11");
    expect(facts([make("11"), make("10")]).roomVersion(ROOM)).to.equal(undefined);
    expect(facts([make("11"), make("10")], { roomVersions: new Map([[ROOM, "9"]]) }).roomVersion(ROOM)).to.equal("9");
  });

  it("learns it from create events, whose hash is the room's id in version 12", () => {
    const rules = roomVersionRules("12");
    const draft = { type: "m.room.create", state_key: "", sender: `@a:${PEER.name}`, content: { room_version: "12" } };
    const create = completeEvent(
      { ...draft, origin_server_ts: NOW, depth: 1, prev_events: [], auth_events: [] },
      rules,
      PEER.name,
      PEER.key,
    );
    expect(facts([sent(create)]).roomVersion(roomIdOfCreate(create, rules))).to.equal("12");
    const old = specEvent(PEER, "1", { type: "m.room.create", state_key: "", content: {}, room_id: ROOM });
    expect(facts([sent(old)]).roomVersion(ROOM)).to.equal("1");
  });

  it("keeps events as their own server sent them", () => {
    expect(facts([make("11"), sent(event)]).original(id)).to.deep.equal(JSON.parse(JSON.stringify(event)));
    expect(facts([make("11"), transaction([event as unknown as JsonValue])]).original(id)).to.equal(undefined);
  });

  it("takes no side when a server sent an event in two forms", () => {
    const lie = { ...event, content: { body: "to others" } };
    expect(facts([make("11"), sent(event), sent(lie, TWO)]).original(id)).to.equal(undefined);
    expect(facts([make("11"), sent(event), sent({ ...event, unsigned: { age: 2 } }, TWO)]).original(id)).not.to.equal(
      undefined,
    );
  });
});
