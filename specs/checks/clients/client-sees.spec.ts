import { expect } from "chai";
import {
  clientNeverSees,
  clientSees,
  clientSeesOnce,
  deviceListChanged,
} from "../../../src/checks/clients/client-sees.js";
import type { Check } from "../../../src/checks/define.js";
import type { ClientUser } from "../../../src/client/client-user.js";
import type { SyncBatch } from "../../../src/client/sync-batch.js";
import { SyncFeed } from "../../../src/client/sync-feed.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { CastUser } from "../../../src/steps/context.js";
import { roomOf } from "../../support/exchanges.js";
import { expectFinding, JudgedStory } from "../../support/judged-story.js";

const ROOM = roomOf("11");
const said = (id: string) => ({ event_id: id, type: "m.room.message", content: { body: `says ${id}` } });
const timeline = (...ids: readonly string[]) => ({
  rooms: { join: { [ROOM]: { timeline: { events: ids.map(said) } } } },
});
const changed = (...users: readonly string[]) => ({ device_lists: { changed: users } });

/** A client whose server gives these batches, and then no news until the wait is given up. */
function clientOf(bodies: readonly JsonObject[]): ClientUser {
  const left = bodies.map((body, index): SyncBatch => ({ exchangeId: `x${index + 1}`, body }));
  const feed = new SyncFeed(
    (_since, signal) =>
      new Promise((resolve, reject) => {
        const next = left.shift();
        if (next !== undefined) resolve(next);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
  );
  const client: Pick<ClientUser, "seen" | "waitForSync"> = {
    get seen() {
      return feed.seen;
    },
    waitForSync: (predicate, signal, after) => feed.waitFor(predicate, signal, after),
  };
  return client as ClientUser;
}

const told = () => new JudgedStory().room("hall").event("wanted", "$wanted").event("later", "$later");
const found = (check: Check, given: JsonObject, ...bodies: readonly JsonObject[]) => {
  const client = clientOf(bodies);
  return told().observed(check, { as: "alice", within: "20ms", ...given }, { client: () => client });
};

const inTimeline = { in: "timeline", room: "hall", event: "wanted" };
const until = { ...inTimeline, until: { event_id: "$later" } };

describe("checks/client-sees", () => {
  it("client-sees: what is in a sync, at once or later", async () => {
    expectFinding(await found(clientSees, inTimeline, timeline("$a"), timeline("$wanted")), true, "it came");
    expectFinding(await found(clientSees, inTimeline, timeline("$a")), false, "it did not come in time");
    expectFinding(told().judge(clientSees, { as: "alice", ...inTimeline }), "unknown", "nobody looked");
    const finding = await found(clientSees, inTimeline, {}, timeline("$wanted"));
    expect(finding.exchanges).to.deep.equal(["x2"]);
  });

  const user = "@bob:two.test";
  const PLACES: readonly (readonly [place: string, body: JsonObject, content: JsonObject])[] = [
    ["state", { rooms: { join: { [ROOM]: { state: { events: [{ type: "m.x" }] } } } } }, { type: "m.x" }],
    ["invite", { rooms: { invite: { [ROOM]: { invite_state: { events: [{ type: "m.x" }] } } } } }, { type: "m.x" }],
    [
      "ephemeral",
      { rooms: { join: { [ROOM]: { ephemeral: { events: [{ type: "m.typing" }] } } } } },
      { type: "m.typing" },
    ],
    ["to-device", { to_device: { events: [{ type: "m.dummy", sender: user }] } }, { sender: user }],
    ["presence", { presence: { events: [{ type: "m.presence", sender: user }] } }, { sender: user }],
  ];
  for (const [place, body, content] of PLACES)
    it(`client-sees: looks into the ${place}, and nowhere else`, async () => {
      const given = { in: place, room: "hall", with: content };
      expectFinding(await found(clientSees, given, body), true, "it came");
      expectFinding(await found(clientSees, { ...given, in: "timeline" }, body), false, /not come/);
      expectFinding(await found(clientSees, { ...given, with: { type: "m.other" } }, body), false, /not come/);
    });

  it("client-sees-once: counts up to what comes after it", async () => {
    expectFinding(await found(clientSeesOnce, until, timeline("$wanted"), timeline("$later")), true, "it came once");
    expectFinding(
      await found(clientSeesOnce, until, timeline("$wanted", "$wanted", "$later")),
      false,
      "it came 2 times",
    );
    expectFinding(await found(clientSeesOnce, until, timeline("$later")), false, "it came 0 times");
    expectFinding(await found(clientSeesOnce, until, timeline("$wanted")), "unknown", /after it did not come/);
    expectFinding(await found(clientSeesOnce, until, timeline("$wanted", "$wanted")), false, "it came 2 times");
    expectFinding(told().judge(clientSeesOnce, { as: "alice", ...until }), "unknown", "nobody looked");
  });

  it("client-never-sees: is proved by what comes after it, and disproved by itself", async () => {
    expectFinding(await found(clientNeverSees, until, timeline("$a"), timeline("$later")), true, "it came 0 times");
    expectFinding(await found(clientNeverSees, until, timeline("$wanted", "$later")), false, "it came once");
    expectFinding(await found(clientNeverSees, until, timeline("$wanted")), false, "it came once");
    expectFinding(await found(clientNeverSees, until, timeline("$a")), "unknown", /after it did not come/);
    expectFinding(told().judge(clientNeverSees, { as: "alice", ...until }), "unknown", "nobody looked");
  });

  it("device-list-changed: takes each change for one expectation only", async () => {
    const story = told();
    const client = clientOf([changed("@x:y"), changed(user), {}, changed(user)]);
    const look = () =>
      story.observed(
        deviceListChanged,
        { as: "alice", "of-user": "bob", within: "20ms" },
        { client: () => client, user: () => ({ userId: user }) as CastUser },
      );
    expect((await look()).exchanges).to.deep.equal(["x2"]);
    expect((await look()).exchanges).to.deep.equal(["x4"]);
    expectFinding(await look(), false, "no such sync in time");
    expectFinding(told().judge(deviceListChanged, { as: "alice", "of-user": "bob" }), "unknown", "nobody looked");
  });
});
