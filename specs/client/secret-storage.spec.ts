import { expect } from "chai";
import type { ClientUser } from "../../src/client/client-user.js";
import { SecretStorage } from "../../src/client/secret-storage.js";
import { deadline, ServedFederation } from "../support/users-of-homeservers.js";

describe("SecretStorage", () => {
  let served: ServedFederation;
  let ann: ClientUser;

  beforeEach(async () => {
    served = new ServedFederation();
    await served.server("one.test");
    ann = await served.user("ann:one.test");
  });

  afterEach(() => served.stop());

  it("gives a secret back to who has the recovery key, and the server never sees it", async () => {
    const storage = await SecretStorage.create(ann, deadline());
    await storage.put("org.example.secret", "the old lighthouse", deadline());
    const again = await SecretStorage.open(ann, storage.recoveryKey, deadline());
    expect(await again.get("org.example.secret", deadline())).to.equal("the old lighthouse");
    const sent = served.exchanges.map(({ requestBody }) => new TextDecoder().decode(requestBody)).join("\n");
    expect(sent).to.include("ciphertext").and.not.include("lighthouse");
  });

  it("notices another recovery key, a secret that is not there, and one that was altered", async () => {
    const storage = await SecretStorage.create(ann, deadline());
    await storage.put("org.example.secret", "x", deadline());
    const other = crypto.getRandomValues(new Uint8Array(32));
    const failure = (work: Promise<unknown>) =>
      work.then(
        () => "no failure",
        (error: Error) => error.message,
      );
    expect(await failure(SecretStorage.open(ann, other, deadline()))).to.include("not that of the secret storage");
    expect(await failure(storage.get("org.example.nothing", deadline()))).to.include("404");
    const path = `/_matrix/client/v3/user/${encodeURIComponent(ann.userId)}/account_data/org.example.secret`;
    const kept = JSON.stringify(await ann.expectObject("GET", path));
    await ann.expectObject("PUT", path, JSON.parse(kept.replace(/"mac":"./, '"mac":"_')));
    expect(await failure(storage.get("org.example.secret", deadline()))).to.not.equal("no failure");
  });
});
