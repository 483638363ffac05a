import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { signingKey } from "../../../src/matrix/keys.js";
import { signJson } from "../../../src/matrix/signing.js";
import { SmallFederation, until } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";
const IDENTITY = signingKey(new Uint8Array(32).fill(9), "0");
const ADDRESS = "https://identity.test:8448/valid";

describe("homeserver/third-party-invites", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;
  let valid: boolean;

  beforeEach(() => {
    federation = new SmallFederation();
    one = federation.server("one.test");
    two = federation.server("two.test");
    valid = true;
    federation.handlers.set("identity.test:8448", async () => ({
      status: 200,
      headers: [],
      body: Buffer.from(JSON.stringify({ valid })),
    }));
  });

  afterEach(() => federation.stop());

  async function invitedAddress(keys: JsonObject = {}): Promise<string> {
    const { roomId } = await one.context.rooms.create({ creator: ANN, preset: "private_chat" });
    const key = { public_key: IDENTITY.publicKey, key_validity_url: ADDRESS };
    const content = { display_name: "b", ...key, ...keys };
    await one.context.rooms.send(roomId, { type: "m.room.third_party_invite", sender: ANN, stateKey: "t", content });
    return roomId;
  }

  const word = (roomId: string, user = BOB, token = "t") => ({
    ...{ roomId, sender: ANN, user },
    signed: signJson({ mxid: user, token }, "identity.test", IDENTITY),
  });
  const outcome = (redeemed: Promise<void>) => redeemed.catch((error) => error);
  const invited = () => two.context.rooms.outside(BOB).map(({ roomId }) => roomId);

  it("has the inviter's server write the invitation where this one is not in the room", async () => {
    const roomId = await invitedAddress();
    await two.context.rooms.redeem(word(roomId));
    expect(invited()).to.deep.equal([roomId]);
    const member = one.context.rooms.get(roomId)?.state("m.room.member", BOB);
    expect(member?.sender).to.equal(ANN);
    expect(member?.content.third_party_invite).to.deep.include({ display_name: "b" });
  });

  it("writes it here where this server is in the room, and the others take it", async () => {
    const { roomId } = await one.context.rooms.create({ creator: ANN, preset: "public_chat" });
    const content = { display_name: "b", public_key: IDENTITY.publicKey, key_validity_url: "https://gone.test" };
    await one.context.rooms.send(roomId, { type: "m.room.third_party_invite", sender: ANN, stateKey: "t", content });
    await two.context.rooms.join("@bea:two.test", roomId, ["one.test"]);
    await two.context.rooms.redeem(word(roomId));
    const there = one.context.rooms.get(roomId);
    await until(one, () => there?.membership(BOB) === "invite", "the invitation");
    expect(there?.state("m.room.member", BOB)?.signatures).to.have.keys("two.test");
  });

  it("takes no word under a key that does not hold, or that nobody can be asked about", async () => {
    const roomId = await invitedAddress();
    valid = false;
    expect(await outcome(two.context.rooms.redeem(word(roomId)))).to.include({ status: 403 });
    federation.handlers.delete("identity.test:8448");
    expect(await outcome(two.context.rooms.redeem(word(roomId)))).to.include({ status: 502 });
    expect(invited()).to.deep.equal([]);
  });

  it("asks about no key of which no address is given", async () => {
    const roomId = await invitedAddress({ public_key: "other", public_keys: [{ public_key: IDENTITY.publicKey }] });
    federation.handlers.delete("identity.test:8448");
    await two.context.rooms.redeem(word(roomId));
    expect(invited()).to.deep.equal([roomId]);
  });

  it("logs every invitation of a binding that cannot be redeemed", async () => {
    const roomId = await invitedAddress();
    const invites = ["other", "third"].map((token) => {
      const { user, ...told } = word(roomId, BOB, token);
      return { sender: told.sender, room_id: told.roomId, mxid: user, signed: told.signed };
    });
    const path = "/_matrix/federation/v1/3pid/onbind";
    const refusal = await one.context.federation.request("two.test", "PUT", path, { invites }).catch((error) => error);
    expect(refusal).to.include({ status: 403 });
    expect(federation.log.filter((line) => line.includes("an invitation is not redeemed"))).to.have.length(2);
  });

  it("takes no word for another invitation", async () => {
    const roomId = await invitedAddress();
    expect(await outcome(two.context.rooms.redeem(word(roomId, BOB, "other")))).to.include({ status: 403 });
  });
});
