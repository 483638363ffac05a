import { clientPath } from "../../../src/client/paths.js";
import { toDeviceIn } from "../../../src/client/sync-batch.js";
import type { JsonObject } from "../../../src/matrix/json.js";
import type { WireHandler } from "../../../src/net/wire.js";
import type { FaultCase, FaultyWorld } from "../../support/faulty-world.js";

const BOB = "@bob:two.test";
const CAM = "@cam:three.test";

const json = (body: JsonObject): Awaited<ReturnType<WireHandler>> => ({
  status: 200,
  headers: [["Content-Type", "application/json"]],
  body: new TextEncoder().encode(JSON.stringify(body)),
});

/** Lets another handler stand in for Bob's server. */
function replaceBobsServer(world: FaultyWorld, stand: (honest: WireHandler) => WireHandler): void {
  const { handlers } = world.served.federation;
  const honest = handlers.get("two.test");
  if (honest === undefined) throw new Error("Bob's server is not there");
  handlers.set("two.test", stand(honest));
}

/** Whose keys go through which server, and what becomes of messages in an outage. */
export const KEY_AUTHORITY_CASES: readonly FaultCase[] = [
  {
    defect: "answers-keys-of-other-servers-users",
    sound: {},
    async observe(world) {
      const answer = (await world.ask("POST", "user/keys/query", { device_keys: { [CAM]: [] } })) as JsonObject;
      return answer.device_keys;
    },
  },
  {
    defect: "no-remote-claims",
    sound: ["/_matrix/federation/v1/user/keys/claim"],
    async observe(world) {
      await world.post(world.ann, ["keys", "claim"], { one_time_keys: { [BOB]: { X: "signed_curve25519" } } });
      return world.served.federation.carried
        .filter(({ request }) => request.target.endsWith("/keys/claim"))
        .map(({ request }) => request.target);
    },
  },
  {
    defect: "hides-unreachable-servers",
    sound: ["nowhere.test"],
    async observe(world) {
      const answer = await world.ann.queryKeys(["@dan:nowhere.test"]);
      return Object.keys(answer.failures as JsonObject);
    },
  },
  {
    defect: "ignores-time-limits-of-clients",
    sound: ["two.test"],
    async observe(world) {
      replaceBobsServer(world, () => ({ signal }) => {
        return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
      });
      const body = { device_keys: { [BOB]: [] }, timeout: 1 };
      const asked = world.ann.request("POST", clientPath("keys", "query"), body, { timeoutMs: 1000 });
      const answer = await asked.catch(() => undefined);
      return Object.keys(((answer?.body as JsonObject | undefined)?.failures ?? {}) as JsonObject);
    },
  },
  {
    defect: "believes-keys-of-third-parties",
    sound: ["@eve:two.test"],
    async observe(world) {
      const keysOf = (user: string) => ({ OWN: { user_id: user, device_id: "OWN" } });
      const lie = { device_keys: { "@eve:two.test": keysOf("@eve:two.test"), [CAM]: keysOf(CAM) } };
      replaceBobsServer(
        world,
        (honest) => async (request) => (request.target.endsWith("/keys/query") ? json(lie) : honest(request)),
      );
      const answer = await world.ann.queryKeys(["@eve:two.test"]);
      return Object.keys(answer.device_keys as JsonObject);
    },
  },
  {
    defect: "loses-to-device-in-outage",
    sound: ["first"],
    async observe(world) {
      let failures = 1;
      replaceBobsServer(world, (honest) => async (request) => {
        const fails = failures > 0 && new TextDecoder().decode(request.body).includes("test.message");
        if (!fails) return honest(request);
        failures -= 1;
        return { status: 500, headers: [], body: new Uint8Array() };
      });
      await world.ann.sendToDevice("test.message", { [BOB]: { "*": { id: "first" } } });
      await world.sent("m.direct_to_device");
      return world.bob.seen
        .flatMap(toDeviceIn)
        .filter(({ type }) => type === "test.message")
        .map(({ content }) => (content as JsonObject).id);
    },
  },
];
