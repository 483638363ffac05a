import { expect } from "chai";
import type { Homeserver } from "../../../src/homeserver/homeserver.js";
import { SpaceWalk } from "../../../src/homeserver/spaces/space-walk.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { SmallFederation } from "../small-federation.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";
const WANTED = { suggestedOnly: false, maxDepth: 5 };
type Initial = { readonly type: string; readonly stateKey: string; readonly content: JsonObject };

const child = (roomId: string, content: JsonObject): Initial => ({ type: "m.space.child", stateKey: roomId, content });
const rule = (join_rule: string): Initial => ({ type: "m.room.join_rules", stateKey: "", content: { join_rule } });

describe("homeserver/spaces", () => {
  let federation: SmallFederation;
  let one: Homeserver;
  let two: Homeserver;

  beforeEach(() => {
    federation = new SmallFederation();
    one = federation.server("one.test");
    two = federation.server("two.test");
  });

  afterEach(() => federation.stop());

  async function room(at: Homeserver, name: string, initialState: readonly Initial[] = [], space = false) {
    const creator = at === one ? ANN : BOB;
    const creationContent = space ? { type: "m.space" } : {};
    const made = await at.context.rooms.create({
      creator,
      name,
      initialState,
      creationContent,
      preset: "public_chat",
    });
    return made.roomId;
  }

  const asked = (roomId: string, query = "") =>
    two.context.federation
      .request("one.test", "GET", `/_matrix/federation/v1/hierarchy/${encodeURIComponent(roomId)}${query}`)
      .catch((error) => error);

  it("tells what is in a space, in order, and of closed rooms no more than that they are", async () => {
    const [late, early, closed] = [
      await room(one, "Late"),
      await room(one, "Early"),
      await room(one, "Closed", [rule("invite")]),
    ];
    const via = ["one.test"];
    const children = [
      child(late, { via, suggested: true }),
      child(early, { via, order: "a" }),
      child(closed, { via }),
      child("!unknown", { via }),
      child("!gone", {}),
    ];
    const answer = (await asked(await room(one, "Space", children, true))) as JsonObject;
    const { children_state: states } = answer.room as { readonly children_state: readonly JsonObject[] };
    expect(states.map(({ state_key: key }) => key)).to.deep.equal([early, late, closed, "!unknown"]);
    expect(states[0]).to.have.all.keys("type", "state_key", "sender", "content", "origin_server_ts");
    expect(answer.children).to.have.length(2);
    expect(answer.children).to.have.nested.property("[0].name", "Early");
    expect(answer.inaccessible_children).to.deep.equal([closed]);
    expect(await asked(closed)).to.include({ status: 404, errcode: "M_NOT_FOUND" });
  });

  it("walks into another server's spaces, once round, and asks no more than once for each", async () => {
    const inner = await room(two, "Inner");
    const theirs = await room(two, "Theirs", [child(inner, { via: ["two.test"] })], true);
    await two.context.rooms.send(theirs, {
      ...{ type: "m.space.child", sender: BOB, stateKey: theirs },
      content: { via: ["two.test"] },
    });
    const ours = await room(one, "Ours", [child(theirs, { via: ["two.test"] })], true);
    const walk = new SpaceWalk(one.context);
    const found = await walk.rooms(ANN, ours, WANTED);
    expect(found.map(({ name }) => name)).to.deep.equal(["Ours", "Theirs", "Inner"]);
    await walk.rooms("@abe:one.test", ours, WANTED);
    const requests = federation.carried.filter(({ request }) => request.target.includes("/hierarchy/"));
    expect(requests).to.have.length(1);
    expect(await walk.rooms(ANN, ours, { ...WANTED, maxDepth: 0 })).to.have.length(1);
  });

  it("shows nobody a room that is closed to them", async () => {
    const closed = await room(one, "Closed", [rule("invite")]);
    const ours = await room(one, "Ours", [child(closed, { via: ["one.test"] })], true);
    const walk = new SpaceWalk(one.context);
    expect(await walk.rooms(ANN, ours, WANTED)).to.have.length(2);
    expect(await walk.rooms("@abe:one.test", ours, WANTED)).to.have.length(1);
    expect(await walk.rooms("@abe:one.test", closed, WANTED).catch((error) => error)).to.include({ status: 403 });
  });
});
