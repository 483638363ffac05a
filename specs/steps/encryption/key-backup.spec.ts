import { expect } from "chai";
import {
  decrypt,
  encryptRoom,
  openDevice,
  sendEncrypted,
  startEncryption,
} from "../../../src/steps/encryption/encryption.js";
import { makeIdentity } from "../../../src/steps/encryption/identities.js";
import { backUpKeys, restoreKeys } from "../../../src/steps/encryption/key-backup.js";
import { createRoom } from "../../../src/steps/rooms/rooms.js";
import { type Call, playhouse } from "../../support/play-steps.js";

describe("steps/key-backup", () => {
  const house = playhouse();
  const before: readonly Call[] = [
    [startEncryption, { as: "ann" }],
    [makeIdentity, { as: "ann" }],
    [createRoom, { as: "ann", id: "room" }],
    [encryptRoom, { as: "ann", room: "room" }],
    [sendEncrypted, { as: "ann", room: "room", to: ["ann"], id: "note", body: "to myself" }],
  ];
  const restores: Call = [restoreKeys, { as: "ann", device: "phone" }];

  it("back-up-keys and restore-keys: another device reads what was written before, and is signed", async () => {
    const played = await house.play([
      ...before,
      [backUpKeys, { as: "ann" }],
      [openDevice, { as: "ann", id: "phone" }],
      restores,
      [decrypt, { as: "ann", device: "phone", room: "room", event: "note", patience: "0s" }],
    ]);
    const [restored] = played.observed(restoreKeys, "restored");
    expect(restored).to.deep.include({ keys: 1, signed: true });
    expect(played.observed(decrypt, "decryption")[0]).to.include({ ok: true });
    const stored = played.sent(/\/account_data\/m\.megolm_backup\.v1$/)[0]?.requestText ?? "";
    expect(stored).to.include("ciphertext");
    expect(played.title(backUpKeys)).to.equal("ann backs up the room keys and writes the recovery key down");
    expect(played.title(restoreKeys)).to.equal("ann restores the keys on “phone”");
  });

  it("restore-keys: cannot sign the device where the server shows other cross-signing keys than those kept", async () => {
    const end = await house.endOf([
      ...before,
      [backUpKeys, { as: "ann" }],
      [makeIdentity, { as: "ann" }],
      [openDevice, { as: "ann", id: "phone" }],
      restores,
    ]);
    expect(end).to.include({ outcome: "failed", owedBy: "one" });
    expect(end.reason).to.include("keys/query gave what cannot be used").and.include("doesn't match");
  });

  it("restore-keys needs a recovery key", async () => {
    const end = await house.endOf([...before, [openDevice, { as: "ann", id: "phone" }], restores]);
    expect(end).to.include({ outcome: "error" });
  });
});
