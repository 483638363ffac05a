import { expect } from "chai";
import { EvidenceIndex } from "../../src/checks/evidence-index.js";
import { ONE, roomOf, TWO, transaction } from "../support/exchanges.js";
import { INSTANCE, JOINER, JudgedStory, TOKEN } from "../support/judged-story.js";

const OTHER = "fedcba9876";
const ids = (story: JudgedStory) => story.view().exchanges.map(({ id }) => id);

describe("checks/evidence-index", () => {
  it("gives an instance the exchanges that name its token, wherever it stands", () => {
    const story = new JudgedStory();
    const own = [
      story.exchange({ from: JOINER, target: "/_matrix/federation/v1/version" }),
      story.exchange({ to: JOINER, target: "/_matrix/federation/v1/version" }),
      story.exchange({ target: `/_matrix/federation/v1/user/devices/%40alice%2D${TOKEN}%3Aone.test` }),
      story.exchange({ target: "/x", method: "POST", body: { user_id: `@bob-${TOKEN}:two.test` } }),
      story.exchange({ target: "/x", rawAnswer: `not JSON, but of alice-${TOKEN}` }),
      story.exchange({ target: `/x?in=ab${TOKEN}cd` }),
    ];
    story.exchange({ target: "/_matrix/key/v2/server" });
    story.exchange({ target: `/x/alice-${OTHER}` });
    expect(ids(story)).to.deep.equal(own);
  });

  const ROOMS = [roomOf("11"), roomOf("12"), "!short:one.test", "!dots.and~others=+:[::1]:8448"];
  for (const roomId of ROOMS)
    it(`gives it those that name a room which it bound: ${roomId}`, () => {
      const story = new JudgedStory();
      const before = story.exchange({ target: "/x", method: "POST", body: { room_id: roomId } });
      story.exchange({ target: "/x", method: "POST", body: { room_id: `${roomId}1` } });
      expect(ids(story)).to.deep.equal([]);
      story.bind("hall", { kind: "room", roomId, version: "11" });
      const after = story.exchange({ target: `/x/${encodeURIComponent(roomId)}/y` });
      expect(ids(story)).to.deep.equal([before, after]);
    });

  it("gives a transaction with events of two instances to both", () => {
    const story = new JudgedStory();
    const other = { ...INSTANCE, id: "spec/other", token: OTHER };
    story.add({ kind: "planned", instance: other, owed: [], steps: [] });
    const { request, requestBytes } = transaction([{ sender: `@a-${TOKEN}:x` }, { sender: `@a-${OTHER}:x` }]);
    const shared = story.exchange({ target: request.target, rawBody: String(requestBytes()) });
    expect(ids(story)).to.deep.equal([shared]);
    expect(story.index.exchangesOf(other.id).map(({ id }) => id)).to.deep.equal([shared]);
    const seen = story.index.exchange(shared);
    expect(seen && story.index.instancesOf(seen).map(({ id }) => id)).to.deep.equal([INSTANCE.id, other.id]);
  });

  it("lets go of what an instance alone named once it is forgotten, and takes no more of it in", () => {
    const story = new JudgedStory();
    const other = { ...INSTANCE, id: "spec/other", token: OTHER };
    story.add({ kind: "planned", instance: other, owed: [], steps: [] });
    const own = story.exchange({ target: `/x/alice-${TOKEN}` });
    const both = story.exchange({ target: `/x/alice-${TOKEN}/bob-${OTHER}` });
    const nobodys = story.exchange({ target: "/_matrix/key/v2/server" });
    story.index.forget(INSTANCE.id);
    const late = [TOKEN, `${TOKEN}/bob-${OTHER}`].map((names) => story.exchange({ target: `/late/alice-${names}` }));
    expect(story.index.exchanges.map(({ id }) => id)).to.deep.equal([both, nobodys, late[1]]);
    expect([own, late[0]].map((id) => story.index.exchange(id ?? ""))).to.deep.equal([undefined, undefined]);
    expect(story.index.exchangesOf(other.id).map(({ id }) => id)).to.deep.equal([both, late[1]]);
    story.index.forget(other.id);
    expect(story.index.exchanges.map(({ id }) => id)).to.deep.equal([nobodys]);
  });

  it("knows no instance that was not planned", () => {
    const index = new EvidenceIndex(() => new Uint8Array());
    expect(index.has(INSTANCE.id)).to.equal(false);
    expect(() => index.exchangesOf(INSTANCE.id)).to.throw("no scenario instance");
  });

  it("waits for an exchange that is recorded later, finds one that is there, and gives up when told to", async () => {
    const story = new JudgedStory();
    const stop = new AbortController();
    const matches = ({ request }: { readonly request: { readonly target: string } }) => /second/.test(request.target);
    const waiting = story.index.waitFor(INSTANCE.id, matches, stop.signal);
    story.exchange({ target: `/first/alice-${TOKEN}` });
    const second = story.exchange({ target: `/second/alice-${TOKEN}` });
    expect((await waiting).id).to.equal(second);
    expect((await story.index.waitFor(INSTANCE.id, matches, stop.signal)).id).to.equal(second);
    const never = story.index.waitFor(INSTANCE.id, () => false, stop.signal).catch((error: unknown) => error);
    stop.abort("enough");
    expect(await never).to.equal("enough");
  });

  it("shows who waits the exchanges of the instance alone, of a room from when it is bound", async () => {
    const story = new JudgedStory();
    story.exchange({ target: `/past/alice-${OTHER}` });
    const shown: string[] = [];
    const matches = ({ request }: { readonly request: { readonly target: string } }) => {
      shown.push(request.target);
      return request.target.startsWith("/last");
    };
    const waiting = story.index.waitFor(INSTANCE.id, matches, new AbortController().signal);
    const inRoom = (place: string) => story.exchange({ target: `/${place}/${encodeURIComponent(roomOf("12"))}` });
    story.exchange({ target: `/other/alice-${OTHER}` });
    inRoom("unbound");
    story.bind("hall", { kind: "room", roomId: roomOf("12"), version: "12" });
    const last = inRoom("last");
    expect((await waiting).id).to.equal(last);
    expect(shown).to.have.lengthOf(1);
  });

  it("learns keys only from a server's own document", () => {
    const story = new JudgedStory().keys(TWO);
    story.exchange({ to: ONE, target: "/_matrix/key/v2/server", answer: { server_name: TWO.name, verify_keys: {} } });
    story.exchange({ to: ONE, target: "/_matrix/key/v2/server", status: 500, answer: { server_name: ONE.name } });
    expect([...story.index.keys.of(TWO.name)]).to.deep.equal([[TWO.key.keyId, TWO.key.publicKey]]);
    expect(story.index.keys.of(ONE.name).size).to.equal(0);
  });
});

describe("checks/judge-view", () => {
  it("sees nothing that came after the judgement", () => {
    const story = new JudgedStory();
    const first = story.exchange({ from: JOINER, target: "/1" });
    story.bind("name", { kind: "text", value: "old" }).observe("seen", { count: 1 });
    const upTo = 4;
    story.bind("name", { kind: "text", value: "new" }).observe("seen", { count: 2 });
    const second = story.exchange({ from: JOINER, target: "/2" });
    const before = story.view(upTo);
    expect(before.binding("name")?.value).to.equal("old");
    expect(before.observations.map(({ data }) => data.count)).to.deep.equal([1]);
    expect(before.exchanges.map(({ id }) => id)).to.deep.equal([first]);
    expect(before.exchange(second)).to.equal(undefined);
    expect(story.view().exchange(second)?.request.target).to.equal("/2");
  });

  it("tells the steps' observations and responses apart", () => {
    const story = new JudgedStory().answer({ target: "/mine" }).answer({ target: "/theirs" }, "another");
    const view = story.view();
    expect(view.here.map(({ step }) => step)).to.deep.equal(["asked"]);
    expect(view.response()?.request.target).to.equal("/mine");
    expect(view.response("another")?.request.target).to.equal("/theirs");
    expect(view.response("no step")).to.equal(undefined);
  });

  it("knows servers by seat, and no other seats", () => {
    const view = new JudgedStory().view();
    expect(view.serverName("resident")).to.equal(ONE.name);
    expect(() => view.serverName("attic")).to.throw("no seat attic");
  });
});
