import { expect } from "chai";
import type { ClientUser } from "../../src/client/client-user.js";
import { SecretStorage } from "../../src/client/secret-storage.js";
import { failureOf, withAlteredAnswers } from "../support/altered-answers.js";
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

  it("notices another recovery key, a secret that is not there, and one that was altered: each is the server's answer", async () => {
    const storage = await SecretStorage.create(ann, deadline());
    await storage.put("org.example.secret", "x", deadline());
    const other = crypto.getRandomValues(new Uint8Array(32));
    const opened = failureOf(SecretStorage.open(ann, other, deadline()));
    expect(await opened).to.match(/^ClientError: .*not that of the secret storage/);
    expect(await failureOf(storage.get("org.example.nothing", deadline()))).to.match(/^ClientError: .*404/);
    const path = `/_matrix/client/v3/user/${encodeURIComponent(ann.userId)}/account_data/org.example.secret`;
    const kept = JSON.stringify(await ann.expectObject("GET", path));
    const got = async (content: string) => {
      await ann.expectObject("PUT", path, JSON.parse(content));
      return failureOf(storage.get("org.example.secret", deadline()));
    };
    expect(await got(kept.replace(/"mac":"./, (start) => (start.endsWith("A") ? '"mac":"B' : '"mac":"A')))).to.match(
      /^ClientError: .*org\.example\.secret was altered/,
    );
    expect(await got(kept.replace(/"mac":"/, '"mac":"*'))).to.match(/^ClientError: .*base64/i);
    expect(await got(kept.replace(/"iv":"[^"]+"/, '"iv":7'))).to.match(/^ClientError: .*"iv" is no text/);
    expect(await got('{"encrypted":{}}')).to.match(/^ClientError: .*holds no secret org\.example\.secret/);
  });

  it("cannot be opened where the account data does not name its key", async () => {
    const storage = await SecretStorage.create(ann, deadline());
    const forgetful = withAlteredAnswers(ann, /default_key$/, () => ({}));
    expect(await failureOf(SecretStorage.open(forgetful, storage.recoveryKey, deadline()))).to.match(
      /^ClientError: GET .*default_key gave what cannot be used, "key" is no text: HTTP 200$/,
    );
  });
});
