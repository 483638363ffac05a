import { expect } from "chai";
import { plainTarget } from "../../src/net/plain-target.js";

describe("net/plain-target", () => {
  const TARGETS = [
    ["/send/%21r%3aone.test?via=%C3%A4", "/send/!r:one.test?via=ä"],
    ["/a+b/c", "/a+b/c"],
    ["/%2525", "/%25"],
    ["/100%/%zz/%2", "/100%/%zz/%2"],
    ["/%ff%21", "/\ufffd!"],
  ] as const;
  for (const [target, plain] of TARGETS) it(`reads ${target}`, () => expect(plainTarget(target)).to.equal(plain));
});
