import { toDeviceIn } from "../../../src/client/sync-batch.js";
import type { FaultCase, FaultyWorld } from "../../support/faulty-world.js";
import { deadline } from "../../support/users-of-homeservers.js";

const restart = (world: FaultyWorld) => {
  world.faulty.shutDown();
  world.faulty.startUp();
};

const noteToAnn = (world: FaultyWorld, type: string) =>
  world.put(world.ann, ["sendToDevice", type, type], {
    messages: { [world.ann.userId]: { [world.ann.deviceId]: {} } },
  });

export const RESTART_CASES: readonly FaultCase[] = [
  {
    defect: "forgets-to-device-on-restart",
    sound: ["before", "after"],
    async observe(world) {
      await noteToAnn(world, "before");
      restart(world);
      await noteToAnn(world, "after");
      await world.ann.waitForSync((batch) => toDeviceIn(batch).some(({ type }) => type === "after"), deadline());
      return world.ann.seen.flatMap(toDeviceIn).map(({ type }) => type);
    },
  },
  {
    defect: "forgets-queue-on-restart",
    sound: [{ word: "while it was down" }],
    async observe(world) {
      await world.sent("x.word");
      world.faulty.shutDown();
      world.faulty.context.federation.sendEdu(["two.test"], {
        edu_type: "x.word",
        content: { word: "while it was down" },
      });
      world.faulty.startUp();
      return world.sent("x.word");
    },
  },
];
