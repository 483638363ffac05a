import { stateBecomes } from "../../../src/checks/state/state-becomes.js";
import type { ClientUser } from "../../../src/client/client-user.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import { expectFinding, JudgedStory } from "../../support/judged-story.js";

type Answer = readonly [status: number, body: JsonObject];

/** A client whose server gives these answers in turn, the last one for good; so many of them while /sync has news. */
function clientOf(answers: readonly Answer[], news: number): ClientUser {
  let asked = 0;
  const client = {
    async request() {
      const [status, body] = answers[Math.min(asked, answers.length - 1)] ?? [500, {}];
      asked += 1;
      return { status, body, exchangeId: `x${asked}` };
    },
    syncNext: (signal: AbortSignal) =>
      asked <= news
        ? Promise.resolve()
        : new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
          ),
  };
  return client as unknown as ClientUser;
}

const found = (given: JsonObject, answers: readonly Answer[], news = answers.length) =>
  new JudgedStory()
    .room("hall")
    .observed(
      stateBecomes,
      { as: "alice", room: "hall", type: "m.room.topic", within: "20ms", ...given },
      { client: () => clientOf(answers, news) },
    );
const topic = (text: string): Answer => [200, { topic: text }];
const missing: Answer = [404, { errcode: "M_NOT_FOUND" }];
const right = { content: { topic: "right" } };

describe("checks/state-becomes", () => {
  it("holds once the members are right", async () => {
    expectFinding(await found(right, [topic("right")]), true, 'the last answer was {"topic":"right"}');
    expectFinding(await found(right, [missing, topic("wrong"), topic("right")]), true, /right/);
    expectFinding(await found({ absent: true }, [topic("right"), missing]), true, /M_NOT_FOUND/);
  });

  it("looks once more when the time has passed, as state may move without news", async () => {
    expectFinding(await found(right, [topic("wrong"), topic("right")], 0), true, /right/);
  });

  it("fails where they stay wrong", async () => {
    expectFinding(await found(right, [topic("wrong")]), false, 'the last answer was {"topic":"wrong"}');
    expectFinding(await found(right, [[403, { topic: "right" }]]), false, /right/);
    expectFinding(await found({ absent: true }, [topic("right")]), false, /right/);
  });

  it("does not know what nobody looked for", () => {
    const given = { as: "alice", room: "hall", type: "m.room.topic", key: "", ...right };
    expectFinding(new JudgedStory().judge(stateBecomes, given), "unknown", "no answer was had");
  });
});
