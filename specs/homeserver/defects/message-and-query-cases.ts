import { clientPath } from "../../../src/client/paths.js";
import { toDeviceIn } from "../../../src/client/sync-batch.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { FaultCase, FaultyWorld } from "../../support/faulty-world.js";

const ANN = "@ann:one.test";
const BOB = "@bob:two.test";

const message = (sender: string, id: string, device: string): JsonObject => ({
  sender,
  type: "m.test",
  message_id: id,
  messages: { [ANN]: { [device]: { id } } },
});

const delivered = async (world: FaultyWorld): Promise<readonly unknown[]> =>
  (await world.seenByAnn())
    .flatMap(toDeviceIn)
    .filter(({ type }) => type === "m.test")
    .map(({ content }) => (content as JsonObject).id);

async function sentToBob(world: FaultyWorld): Promise<readonly JsonObject[]> {
  await world.ann.sendToDevice("m.test", { [BOB]: { "*": { id: "x" } } });
  return (await world.sent("m.direct_to_device")).filter(({ type }) => type === "m.test");
}

async function profile(world: FaultyWorld, query: JsonObject & { readonly [name: string]: string }): Promise<unknown> {
  await world.put(world.ann, ["profile", ANN, "displayname"], { displayname: "Ann" });
  await world.put(world.ann, ["profile", ANN, "m.tz"], { "m.tz": "Europe/Oslo" });
  return world.ask("GET", `query/profile?${new URLSearchParams(query)}`);
}

async function directory(world: FaultyWorld, alias: string): Promise<unknown> {
  await world.put(world.ann, ["directory", "room", "#hall:one.test"], { room_id: world.roomId });
  const answer = await world.ask("GET", `query/directory?${new URLSearchParams({ room_alias: alias })}`);
  return typeof answer === "string" ? answer : Object.keys(answer as JsonObject).sort();
}

export const MESSAGE_AND_QUERY_CASES: readonly FaultCase[] = [
  {
    defect: "drops-to-device",
    sound: [{ [BOB]: { "*": { id: "x" } } }],
    observe: async (world) => (await sentToBob(world)).map(({ messages }) => messages),
  },
  {
    defect: "to-device-long-message-id",
    sound: [true],
    observe: async (world) => (await sentToBob(world)).map((content) => String(content.message_id).length <= 32),
  },
  {
    defect: "duplicates-to-device",
    sound: ["1", "2"],
    async observe(world) {
      for (const id of ["1", "1", "2"]) world.forge("m.direct_to_device", message(BOB, id, world.ann.deviceId));
      return delivered(world);
    },
  },
  {
    defect: "ignores-to-device-wildcard",
    sound: ["1"],
    async observe(world) {
      world.forge("m.direct_to_device", message(BOB, "1", "*"));
      return delivered(world);
    },
  },
  {
    defect: "accepts-to-device-from-wrong-server",
    sound: [],
    async observe(world) {
      world.forge("m.direct_to_device", message("@cam:three.test", "1", world.ann.deviceId));
      return delivered(world);
    },
  },
  {
    defect: "directory-omits-servers",
    sound: ["room_id", "servers"],
    observe: (world) => directory(world, "#hall:one.test"),
  },
  {
    defect: "directory-unknown-alias-200",
    sound: "M_NOT_FOUND",
    observe: (world) => directory(world, "#none:one.test"),
  },
  {
    defect: "profile-ignores-field",
    sound: { displayname: "Ann" },
    observe: (world) => profile(world, { user_id: ANN, field: "displayname" }),
  },
  {
    defect: "profile-answers-other-servers-user",
    sound: "M_NOT_FOUND",
    observe: (world) => profile(world, { user_id: BOB }),
  },
  {
    defect: "profile-missing-field-wrong",
    sound: "M_NOT_FOUND",
    observe: (world) => profile(world, { user_id: ANN, field: "avatar_url" }),
  },
  {
    defect: "profile-unknown-user-200",
    sound: "M_NOT_FOUND",
    observe: (world) => profile(world, { user_id: "@none:one.test" }),
  },
  {
    defect: "no-remote-profiles",
    sound: {},
    observe: async (world) => (await world.ann.request("GET", clientPath("profile", BOB))).body,
  },
  {
    defect: "profiles-need-a-known-time-zone",
    sound: { displayname: "Bob", "m.tz": "Europe/Atlantis" },
    async observe(world) {
      await world.put(world.bob, ["profile", BOB, "displayname"], { displayname: "Bob" });
      await world.put(world.bob, ["profile", BOB, "m.tz"], { "m.tz": "Europe/Atlantis" });
      return (await world.ann.request("GET", clientPath("profile", BOB))).body;
    },
  },
  {
    defect: "no-remote-aliases",
    sound: true,
    async observe(world) {
      await world.ann.request("GET", clientPath("directory", "room", "#none:two.test"));
      return world.served.federation.carried.some(({ request }) => request.target.includes("/query/directory"));
    },
  },
  {
    defect: "unknown-query-200",
    sound: "M_UNRECOGNIZED",
    observe: (world) => world.ask("GET", "query/test.any"),
  },
];
