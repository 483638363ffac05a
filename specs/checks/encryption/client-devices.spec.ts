import {
  deviceGets,
  deviceListLeft,
  neverSpells,
  toDeviceMembers,
} from "../../../src/checks/encryption/client-devices.js";
import type { ClientUser } from "../../../src/client/client-user.js";
import type { CryptoDevice } from "../../../src/client/crypto-device.js";
import type { SyncBatch } from "../../../src/client/sync-batch.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { CastUser, StepContext } from "../../../src/steps/context.js";
import { keepDevice } from "../../../src/steps/encryption/crypto-devices.js";
import { describeCheck, expectFinding, INSTANCE, JudgedStory } from "../../support/judged-story.js";

const BOB = INSTANCE.cast.bob?.userId ?? "";
const MESSAGE = { type: "org.example.a", sender: BOB, content: { text: "hello" } };

/** A client that has been given these batches and gets no more. */
function clientOf(...bodies: readonly JsonObject[]): ClientUser {
  const seen = bodies.map((body, index): SyncBatch => ({ exchangeId: `x${index + 1}`, body }));
  const client: Pick<ClientUser, "seen" | "waitForSync"> = {
    seen,
    waitForSync: (predicate, signal) =>
      new Promise((resolve, reject) => {
        const found = seen.find(predicate);
        if (found !== undefined) resolve(found);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
  };
  return client as ClientUser;
}

const toDevice = (...events: readonly JsonObject[]) => ({ to_device: { events } });
const hands = (client: ClientUser): Partial<StepContext> => ({
  client: () => client,
  user: () => ({ userId: BOB }) as CastUser,
});

describe("checks/client-devices", () => {
  it("device-list-left: told, and not told", async () => {
    const given = { as: "alice", "of-user": "bob", within: "20ms" };
    const left = clientOf({}, { device_lists: { left: [BOB] } });
    const changed = clientOf({ device_lists: { changed: [BOB] } });
    expectFinding(await new JudgedStory().observed(deviceListLeft, given, hands(left)), true, "the sync told it");
    expectFinding(
      await new JudgedStory().observed(deviceListLeft, given, hands(changed)),
      false,
      "no such sync in time",
    );
    expectFinding(new JudgedStory().judge(deviceListLeft, given), "unknown", "nobody looked");
  });

  it("device-gets: what the second device is given", async () => {
    const given = { as: "alice", device: "phone", with: { content: { text: "hello" } }, within: "20ms" };
    const story = new JudgedStory();
    const opened = (client: ClientUser) =>
      keepDevice({ instance: INSTANCE } as StepContext, "phone", { client } as CryptoDevice);
    opened(clientOf(toDevice(MESSAGE)));
    expectFinding(await story.observed(deviceGets, given, {}), true, "it came");
    opened(clientOf(toDevice({ ...MESSAGE, content: { text: "bye" } })));
    expectFinding(await story.observed(deviceGets, given, {}), false, "it did not come in time");
    expectFinding(new JudgedStory().judge(deviceGets, given), "unknown", "nobody looked");
  });

  it("to-device-members: type, sender, content, and nothing else", async () => {
    const given = { as: "alice", type: "org.example.a" };
    const look = (...messages: readonly JsonObject[]) =>
      new JudgedStory().observed(toDeviceMembers, given, hands(clientOf(toDevice(...messages))));
    expectFinding(await look(MESSAGE), true, "content, sender, type");
    expectFinding(await look(MESSAGE, { ...MESSAGE, message_id: "m1" }), false, /message_id/);
    expectFinding(await look({ ...MESSAGE, type: "org.example.b" }), "unknown", "no such message was seen");
  });

  describeCheck(neverSpells, [
    [
      "another text",
      (story) => story.answer({ target: "/x", answer: { a: "b" } }),
      { text: "secret" },
      true,
      "it is not there",
    ],
    [
      "the text",
      (story) => story.answer({ target: "/x", answer: { a: "the secret" } }),
      { text: "secret" },
      false,
      "it is there",
    ],
    [
      "an answer without JSON",
      (story) => story.answer({ target: "/x", rawAnswer: "?" }),
      { text: "secret" },
      "unknown",
      "200",
    ],
    ["no answer", () => undefined, { text: "secret" }, "unknown", "the step recorded no response"],
  ]);
});
