import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { bodiesIn, digestOf } from "../../src/evidence/bodies.js";
import { inTemporaryFolder } from "../support/temporary-folder.js";

const BODY = Buffer.from([0, 255, 10]);

describe("evidence/bodies", () => {
  it("keeps each body once, under the digest of its bytes", () =>
    inTemporaryFolder((folder) => {
      const bodies = bodiesIn(folder);
      const digest = bodies.put(BODY);
      expect(digest).to.equal(digestOf(BODY));
      expect(bodies.put(Buffer.from(BODY))).to.equal(digest);
      expect(readdirSync(folder)).to.deep.equal([digest]);
      expect(bodiesIn(folder).get(digest)).to.deep.equal(BODY);
    }));

  it("knows the digest of nothing", () =>
    expect(digestOf(new Uint8Array())).to.equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

  it("makes no folder where there is only reading, and has no body that is not there", () =>
    inTemporaryFolder((folder) => {
      const place = join(folder, "evidence");
      expect(bodiesIn(place).get(digestOf(BODY))).to.equal(undefined);
      expect(existsSync(place)).to.equal(false);
    }));

  it("reads again what it no longer holds in memory", () =>
    inTemporaryFolder((folder) => {
      const bodies = bodiesIn(folder, 5);
      const [small, large] = [bodies.put(BODY), bodies.put(Buffer.alloc(9))];
      expect(bodies.put(BODY)).to.equal(small);
      expect(bodies.get(large)).to.deep.equal(Buffer.alloc(9));
      writeFileSync(join(folder, large), "changed");
      expect(String(bodies.get(large))).to.equal("changed");
      expect(bodies.get(small)).to.deep.equal(BODY);
    }));

  it("leaves what is there already as it is, so that a change shows", () =>
    inTemporaryFolder((folder) => {
      writeFileSync(join(folder, digestOf(BODY)), "changed");
      bodiesIn(folder).put(BODY);
      expect(String(bodiesIn(folder).get(digestOf(BODY)))).to.equal("changed");
    }));
});
