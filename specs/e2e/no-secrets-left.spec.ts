import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { CreatedSecrets, type SecretKind, spelledIn } from "../support/created-secrets.js";
import { cli } from "../support/run-cli.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

const KINDS: readonly SecretKind[] = ["backup key", "identity key", "password", "recovery key", "room key", "token"];
const RENDERINGS = "html,junit,ctrf,markdown,text,csv,baseline,earl";

describe("a finished run of an encrypted scenario", () => {
  it("holds none of the tokens, passwords and keys that it made", async function () {
    this.timeout(120_000);
    await inTemporaryFolder(async (parent) => {
      const folder = join(parent, "run");
      const listening = CreatedSecrets.listen();
      const asked = ["run", "encryption/backup", "--seed", "spec", "--out", folder, "--reporter", RENDERINGS];
      const { exit, err } = await cli(asked);
      const secrets = await listening.stop();
      expect(exit, err).to.equal(0);
      expect([...new Set(secrets.map(({ kind }) => kind))].sort()).to.deep.equal(KINDS);
      expect(spelledIn(folder, secrets)).to.deep.equal([]);
      for (const { kind, text } of secrets) {
        appendFileSync(join(folder, "planted.txt"), `${JSON.stringify({ [kind]: text })}\n`);
      }
      expect(spelledIn(folder, secrets)).to.have.members(KINDS.map((kind) => `planted.txt: ${kind}`));
    });
  });
});
