import { clientPath } from "../../../src/client/paths.js";
import { ephemeralIn, presenceIn } from "../../../src/client/sync-batch.js";
import { MatrixError } from "../../../src/homeserver/parts.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { FaultCase, FaultyWorld } from "../../support/faulty-world.js";

const typingSeen = async (world: FaultyWorld): Promise<readonly unknown[]> =>
  (await world.seenByAnn())
    .flatMap((batch) => ephemeralIn(batch, world.roomId))
    .filter(({ type }) => type === "m.typing")
    .flatMap(({ content }) => (content as { user_ids: readonly string[] }).user_ids);

const receiptsSeen = async (world: FaultyWorld): Promise<readonly unknown[]> =>
  (await world.seenByAnn())
    .flatMap((batch) => ephemeralIn(batch, world.roomId))
    .filter(({ type }) => type === "m.receipt")
    .map(({ content }) => content);

const presenceSeen = async (world: FaultyWorld, user: string): Promise<readonly unknown[]> =>
  (await world.seenByAnn())
    .flatMap(presenceIn)
    .filter(({ sender, content }) => sender === user && (content as JsonObject).status_msg === "forged")
    .map(({ content }) => (content as JsonObject).presence);

const typing = (world: FaultyWorld, user: string) => ({ room_id: world.roomId, user_id: user, typing: true });

const receipt = (world: FaultyWorld, user: string) => ({
  [world.roomId]: { "m.read": { [user]: { event_ids: ["$unknown"], data: { ts: 5 } } } },
});

const presence = (user: string) => ({
  push: [{ user_id: user, presence: "unavailable", last_active_ago: 1, status_msg: "forged" }],
});

async function read(world: FaultyWorld, type: string, body: JsonObject): Promise<unknown> {
  await world.ann.expectObject("POST", clientPath("rooms", world.roomId, "receipt", type, "$event"), body);
  const sent = await world.sent("m.receipt");
  return sent.map((content) => JSON.stringify(content[world.roomId]).replace(/"ts":\d+/, '"ts":0'));
}

const readBy = (user: string, data: JsonObject) =>
  JSON.stringify({ "m.read": { [user]: { event_ids: ["$event"], data } } });

/** What Ann sees of Bob's typing when another EDU stands before it in the same transaction. */
async function typingAfter(world: FaultyWorld, other: JsonObject): Promise<readonly unknown[]> {
  const edus = [other, { edu_type: "m.typing", content: typing(world, "@bob:two.test") }];
  const body = { origin: "two.test", origin_server_ts: 1, pdus: [], edus };
  try {
    await world.sound.context.federation.request("one.test", "PUT", "/_matrix/federation/v1/send/both", body);
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    return [error.errcode];
  }
  return typingSeen(world);
}

export const EPHEMERAL_CASES: readonly FaultCase[] = [
  {
    defect: "unknown-edu-fails-transaction",
    sound: ["@bob:two.test"],
    observe: (world) => typingAfter(world, { edu_type: "test.any", content: {} }),
  },
  {
    defect: "stops-at-broken-edu",
    sound: ["@bob:two.test"],
    observe: (world) => typingAfter(world, { edu_type: "m.typing", content: { room_id: 7 } }),
  },
  {
    defect: "drops-typing",
    sound: [true, false],
    async observe(world) {
      for (const body of [{ typing: true, timeout: 20_000 }, { typing: false }]) {
        await world.put(world.ann, ["rooms", world.roomId, "typing", world.ann.userId], body);
      }
      return (await world.sent("m.typing")).map((content) => content.typing);
    },
  },
  {
    defect: "ignores-received-typing",
    sound: ["@bob:two.test"],
    async observe(world) {
      world.forge("m.typing", typing(world, world.bob.userId));
      return typingSeen(world);
    },
  },
  {
    defect: "accepts-typing-from-wrong-server",
    sound: [],
    async observe(world) {
      world.forge("m.typing", typing(world, world.ann.userId));
      return typingSeen(world);
    },
  },
  {
    defect: "accepts-typing-from-outside-room",
    sound: [],
    async observe(world) {
      world.forge("m.typing", typing(world, "@stranger:two.test"));
      return typingSeen(world);
    },
  },
  {
    defect: "drops-receipts",
    sound: [readBy("@ann:one.test", { ts: 0 })],
    observe: (world) => read(world, "m.read", {}),
  },
  {
    defect: "receipt-omits-thread",
    sound: [readBy("@ann:one.test", { ts: 0, thread_id: "main" })],
    observe: (world) => read(world, "m.read", { thread_id: "main" }),
  },
  {
    defect: "leaks-private-receipts",
    sound: [],
    observe: (world) => read(world, "m.read.private", {}),
  },
  {
    defect: "repeats-receipts",
    sound: [["@ann:one.test"], ["@cam:one.test"]],
    async observe(world) {
      const cam = await world.served.user("cam:one.test");
      await cam.join(world.roomId);
      for (const user of [world.ann, cam])
        await user.expectObject("POST", clientPath("rooms", world.roomId, "receipt", "m.read", "$event"), {});
      const sent = (await world.sent("m.receipt")) as readonly { [room: string]: { "m.read": JsonObject } }[];
      return sent.map((content) => Object.keys(content[world.roomId]?.["m.read"] ?? {}));
    },
  },
  {
    defect: "accepts-receipt-from-wrong-server",
    sound: [{ $unknown: { "m.read": { "@bob:two.test": { ts: 5 } } } }],
    async observe(world) {
      world.forge("m.receipt", receipt(world, world.ann.userId), receipt(world, world.bob.userId));
      return receiptsSeen(world);
    },
  },
  {
    defect: "drops-presence",
    sound: [{ user_id: "@ann:one.test", presence: "unavailable", currently_active: false, status_msg: "tea" }],
    async observe(world) {
      await world.put(world.ann, ["presence", world.ann.userId, "status"], {
        presence: "unavailable",
        status_msg: "tea",
      });
      const pushed = (await world.sent("m.presence")).flatMap((content) => content.push as readonly JsonObject[]);
      return pushed
        .filter(({ status_msg: message }) => message === "tea")
        .map(({ last_active_ago: _ago, ...rest }) => rest);
    },
  },
  {
    defect: "ignores-received-presence",
    sound: ["unavailable"],
    async observe(world) {
      world.forge("m.presence", presence(world.bob.userId));
      return presenceSeen(world, world.bob.userId);
    },
  },
  {
    defect: "presence-needs-activity",
    sound: ["unavailable"],
    async observe(world) {
      world.forge("m.presence", presence(world.bob.userId));
      return presenceSeen(world, world.bob.userId);
    },
  },
  {
    defect: "accepts-presence-for-others",
    sound: [],
    async observe(world) {
      world.forge("m.presence", presence(world.ann.userId));
      return presenceSeen(world, world.ann.userId);
    },
  },
];
