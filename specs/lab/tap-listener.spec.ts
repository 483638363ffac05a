import { expect } from "chai";
import { CertificateAuthority } from "../../src/lab/ca.js";
import { TapListener } from "../../src/lab/tap-listener.js";
import { DEFAULT_LIMITS } from "../../src/net/limits.js";

describe("lab/tap-listener", () => {
  it("knows its port after it is closed, as requests that came before are still taken in", async () => {
    const ca = await CertificateAuthority.create("spec");
    const listener = await TapListener.open({
      ...{ address: "127.0.0.1", port: 0, limits: DEFAULT_LIMITS, note: () => undefined },
      fallback: await ca.certificateFor("127.0.0.1"),
      certificateFor: () => undefined,
      accept: () => undefined,
    });
    const { port } = listener;
    expect(port).to.be.greaterThan(0);
    await listener.close();
    expect(listener.port).to.equal(port);
  });
});
