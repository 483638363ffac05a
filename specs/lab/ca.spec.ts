import { createPrivateKey, X509Certificate } from "node:crypto";
import type { AddressInfo } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { expect } from "chai";
import { CertificateAuthority } from "../../src/lab/ca.js";

describe("lab/ca", () => {
  it("issues certificates that a verifying client accepts for their name and no other", async () => {
    const ca = await CertificateAuthority.create("run one");
    const leaf = await ca.certificateFor("hs1.r1.test");
    expect(await handshake(leaf, { servername: "hs1.r1.test", ca: ca.pem })).to.equal("authorised");
    expect(await handshake(leaf, { servername: "hs2.r1.test", ca: ca.pem })).to.equal("ERR_TLS_CERT_ALTNAME_INVALID");
    const other = await CertificateAuthority.create("run two");
    expect(await handshake(leaf, { servername: "hs1.r1.test", ca: other.pem })).not.to.equal("authorised");
  });

  it("issues certificates for addresses", async () => {
    const ca = await CertificateAuthority.create("run");
    expect(await handshake(await ca.certificateFor("127.0.0.1"), { ca: ca.pem })).to.equal("authorised");
    expect(await handshake(await ca.certificateFor("127.0.0.2"), { ca: ca.pem })).to.equal(
      "ERR_TLS_CERT_ALTNAME_INVALID",
    );
  });

  it("makes one certificate per name, valid now, for servers only", async () => {
    const ca = await CertificateAuthority.create("run");
    const [one, again] = await Promise.all([ca.certificateFor("a.test"), ca.certificateFor("a.test")]);
    expect(one).to.equal(again);
    const certificate = new X509Certificate(one.certificate);
    expect(certificate.ca).to.equal(false);
    expect(certificate.keyUsage).to.deep.equal(["1.3.6.1.5.5.7.3.1"]);
    expect(Date.parse(certificate.validFrom)).to.be.lessThan(Date.now());
    expect(Date.parse(certificate.validTo)).to.be.greaterThan(Date.now());
  });

  it("keeps an RSA key where a server must read it, in the oldest form", async () => {
    const ca = await CertificateAuthority.create("run", "RSA-2048");
    expect(ca.privateKey).to.match(/^-----BEGIN RSA PRIVATE KEY-----/);
    expect(createPrivateKey(ca.privateKey).asymmetricKeyType).to.equal("rsa");
    expect(await handshake(await ca.certificateFor("a.test"), { servername: "a.test", ca: ca.pem })).to.equal(
      "authorised",
    );
  });
});

/** `authorised`, or the code of the client's refusal. */
async function handshake(
  leaf: { readonly certificate: string; readonly key: string },
  client: { readonly servername?: string; readonly ca: string },
): Promise<string> {
  const server = createServer({ cert: leaf.certificate, key: leaf.key });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  let socket: TLSSocket | undefined;
  try {
    return await new Promise<string>((resolve) => {
      socket = connect({ host: "127.0.0.1", port, ...client }, () => resolve("authorised"));
      socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  } finally {
    socket?.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}
