import { answersBounded, numberedInOrder } from "../../../src/checks/clients/numbered-messages.js";
import type { Check } from "../../../src/checks/define.js";
import type { ClientUser } from "../../../src/client/client-user.js";
import type { SyncBatch } from "../../../src/client/sync-batch.js";
import { expectFinding, JudgedStory } from "../../support/judged-story.js";

const given = { as: "alice", type: "org.example.n", count: 3, within: "20ms" };

/** What the check finds when each answer of /sync brought these numbers. */
function found(check: Check, answers: readonly (readonly number[])[], more = {}) {
  const seen = answers.map((numbers): SyncBatch => {
    const events = numbers.map((number) => ({ type: "org.example.n", sender: "@x:y", content: { number } }));
    return { exchangeId: "x1", body: { to_device: { events: [...events, { type: "org.example.other" }] } } };
  });
  const client: Pick<ClientUser, "seen" | "waitForSync"> = {
    seen,
    waitForSync: (predicate, signal) =>
      new Promise((resolve, reject) => {
        const hit = seen.find(predicate);
        if (hit !== undefined) resolve(hit);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
  };
  return new JudgedStory().observed(check, { ...given, ...more }, { client: () => client as ClientUser });
}

describe("checks/numbered-messages", () => {
  it("numbered-in-order: each once, in order, over several answers", async () => {
    expectFinding(await found(numberedInOrder, [[1, 2], [], [3]]), true, "3 came");
    expectFinding(await found(numberedInOrder, [[2, 1, 3]]), false, "3 came; number 2 came as number 1");
    expectFinding(await found(numberedInOrder, [[1, 2]]), false, "2 came");
    expectFinding(await found(numberedInOrder, [[1, 2, 3, 3]]), false, /^4 came/);
    expectFinding(new JudgedStory().judge(numberedInOrder, given), "unknown", "nobody looked");
  });

  it("sync-answers-bounded: no answer brings more than so many", async () => {
    expectFinding(await found(answersBounded, [[1, 2], [3]], { most: 2 }), true, "answers of 2, 1");
    expectFinding(await found(answersBounded, [[1, 2, 3]], { most: 2 }), false, "answers of 3");
    expectFinding(await found(answersBounded, [[]], { most: 2 }), "unknown", "none came");
  });
});
