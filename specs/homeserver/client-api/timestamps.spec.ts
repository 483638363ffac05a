import { expect } from "chai";
import type { ClientUser } from "../../../src/client/client-user.js";
import { clientPath } from "../../../src/client/paths.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { ServedFederation } from "../../support/users-of-homeservers.js";

describe("client API: the event nearest to a moment", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  let bob: ClientUser;
  let roomId: string;
  let word: string;

  const asked = (user: ClientUser, query: string) =>
    user.request(
      "GET",
      `/_matrix/client/v1/rooms/${encodeURIComponent(roomId)}/timestamp_to_event${query === "" ? "" : `?${query}`}`,
    );
  const timeOf = async (eventId: string): Promise<number> =>
    Number((await ann.getEvent(roomId, eventId)).origin_server_ts);
  const questions = () =>
    served.federation.carried.filter(({ request }) => request.target.includes("timestamp_to_event")).length;

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    await served.server("two.test");
    ann = await served.user("ann:one.test");
    bob = await served.user("bob:two.test");
    roomId = await ann.createRoom({ preset: "public_chat" });
    word = await ann.send(roomId, "m.room.message", { msgtype: "m.text", body: "early" });
    await bob.join(roomId, ["one.test"]);
  });

  afterEach(() => served.stop());

  it("is told from the own history where that is whole", async () => {
    const { body } = await asked(ann, `ts=${await timeOf(word)}&dir=b`);
    expect(body).to.deep.equal({ event_id: word, origin_server_ts: await timeOf(word) });
    expect(questions()).to.equal(0);
  });

  it("is asked of another server where the own history has a gap, fetched, and then known", async () => {
    const ts = await timeOf(word);
    const found = (await asked(bob, `ts=${ts}&dir=b`)).body as JsonObject;
    expect(found.origin_server_ts).to.equal(ts);
    expect(await bob.getEvent(roomId, String(found.event_id))).to.include({ origin_server_ts: ts });
    expect(questions()).to.equal(1);
  });

  it("is the own one where no other server knows a nearer one, or none answers", async () => {
    const joined = await bob.expectObject(
      "GET",
      `${clientPath("rooms", roomId, "state", "m.room.member", bob.userId)}?format=event`,
    );
    const ts = Number(joined.origin_server_ts);
    served.federation.handlers.delete("one.test");
    const { body } = await asked(bob, `ts=${ts}&dir=b`);
    expect(body).to.include({ event_id: joined.event_id });
  });

  it("is refused to strangers and to questions that lack a part, and may not exist", async () => {
    const outcome = async (user: ClientUser, query: string) => {
      const { status, body } = await asked(user, query);
      return [status, (body as JsonObject).errcode];
    };
    const eve = await served.user("eve:one.test");
    expect(await outcome(eve, "ts=1&dir=f")).to.deep.equal([403, "M_FORBIDDEN"]);
    expect(await outcome(ann, "ts=1")).to.deep.equal([400, "M_INVALID_PARAM"]);
    expect(await outcome(ann, "dir=f")).to.deep.equal([400, "M_MISSING_PARAM"]);
    expect(await outcome(ann, "ts=1&dir=b")).to.deep.equal([404, "M_NOT_FOUND"]);
  });
});
