import { expect } from "chai";
import { CLIENT_DEFECTS } from "../../../src/homeserver/defects/client-defects.js";
import { FaultyWorld } from "../../support/faulty-world.js";
import { DEVICE_LIST_CASES, KEY_CASES } from "./device-cases.js";
import { EPHEMERAL_CASES } from "./ephemeral-cases.js";
import { KEY_AUTHORITY_CASES } from "./key-authority-cases.js";
import { MESSAGE_AND_QUERY_CASES } from "./message-and-query-cases.js";
import { RESTART_CASES } from "./restart-cases.js";

const CASES = [
  ...EPHEMERAL_CASES,
  ...DEVICE_LIST_CASES,
  ...KEY_CASES,
  ...KEY_AUTHORITY_CASES,
  ...MESSAGE_AND_QUERY_CASES,
  ...RESTART_CASES,
];

describe("defects of the client half", () => {
  it("are each shown by a case", () => {
    expect(CASES.map(({ defect }) => defect)).to.have.members(CLIENT_DEFECTS.map(({ name }) => name));
  });

  for (const { defect, sound, observe } of CASES) {
    it(`${defect}: the rule holds without it and is broken with it`, async () => {
      for (const defects of [[], [defect]]) {
        const world = await FaultyWorld.create(...defects);
        try {
          const observed = await observe(world);
          if (defects.length === 0) expect(observed).to.deep.equal(sound);
          else expect(observed).to.not.deep.equal(sound);
        } finally {
          await world.served.stop();
        }
      }
    });
  }
});
