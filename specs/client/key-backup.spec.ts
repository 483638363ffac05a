import { expect } from "chai";
import type { ClientUser } from "../../src/client/client-user.js";
import { CryptoDevice } from "../../src/client/crypto-device.js";
import { backUpRoomKeys, restoreRoomKeys } from "../../src/client/key-backup.js";
import type { JsonObject } from "../../src/matrix/json.js";
import { failureOf, withAlteredAnswers } from "../support/altered-answers.js";
import { deadline, ServedFederation } from "../support/users-of-homeservers.js";

describe("key backup", () => {
  let served: ServedFederation;
  let ann: ClientUser;
  let secret: string;
  const devices: CryptoDevice[] = [];

  const deviceOf = async (client: ClientUser): Promise<CryptoDevice> => {
    const device = await CryptoDevice.create(client, deadline());
    devices.push(device);
    return device;
  };

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    ann = await served.user("ann:one.test");
    const device = await deviceOf(ann);
    const roomId = await served.roomOf(ann);
    await device.shareRoomKey(roomId, [ann.userId], deadline());
    await device.sendEncrypted(roomId, "m.room.message", { msgtype: "m.text", body: "x" }, deadline());
    secret = await backUpRoomKeys(device, deadline());
  });

  afterEach(async () => {
    for (const device of devices.splice(0)) device.close();
    await served.stop();
  });

  it("gives another device every room key", async () => {
    const other = await deviceOf(await served.login("ann:one.test"));
    expect(await restoreRoomKeys(other, secret, deadline())).to.equal(1);
  });

  const alterations: readonly (readonly [what: string, path: RegExp, alter: (text: string) => string, why: RegExp])[] =
    [
      [
        "a version that is no text",
        /room_keys\/version/,
        (text) => text.replace(/"version":"1"/, '"version":1'),
        /"version" is no text/,
      ],
      [
        "a key that was altered",
        /room_keys\/keys/,
        (text) => text.replace(/"mac":"[^"]+"/, '"mac":"AAAAAAAAAAA"'),
        /GET .*room_keys\/keys/,
      ],
      ["a room that is none", /room_keys\/keys/, (text) => text.replace(/"!/, '"x'), /GET .*room_keys\/keys/],
    ];
  for (const [what, path, alter, why] of alterations) {
    it(`charges the server with ${what}`, async () => {
      const client = withAlteredAnswers(await served.login("ann:one.test"), path, (answer) => {
        const altered = alter(JSON.stringify(answer));
        expect(altered).not.to.equal(JSON.stringify(answer));
        return JSON.parse(altered) as JsonObject;
      });
      const failure = await failureOf(restoreRoomKeys(await deviceOf(client), secret, deadline()));
      expect(failure)
        .to.match(/^ClientError: /)
        .and.match(why);
    });
  }
});
