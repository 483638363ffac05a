import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";
import { CertificateAuthority } from "../../../src/lab/ca.js";
import type { LabCertificate } from "../../../src/lab/lab.js";
import type { Way } from "./way.js";

const DAY = 86_400_000;
const P256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A certificate, and the authority by which it is to be judged. */
export interface Shown extends LabCertificate {
  readonly ca: string;
}

/** Good and bad certificates. */
export class Certificates {
  private constructor(
    private readonly trusted: CertificateAuthority,
    private readonly stranger: CertificateAuthority,
  ) {}

  static async create(): Promise<Certificates> {
    return new Certificates(
      await CertificateAuthority.create("hostile"),
      await CertificateAuthority.create("stranger"),
    );
  }

  /** What a server of that name shows that behaves so. */
  async issue(name: string, way: Way): Promise<Shown> {
    const fault = way.on === "tls" ? way.certificate : undefined;
    const ca = this.trusted.pem;
    if (fault === undefined) return { ...(await this.trusted.certificateFor(name)), ca };
    if (fault === "wrong-name") return { ...(await this.trusted.certificateFor(`not-${name}`)), ca };
    if (fault === "stranger") return { ...(await this.stranger.certificateFor(name)), ca };
    if (fault === "self-signed") return { ...(await selfSigned(name, -DAY)), ca };
    // Its own authority, so that nothing but the time is wrong.
    const own = await selfSigned(name, fault === "expired" ? -30 * DAY : 5 * DAY);
    return { ...own, ca: own.certificate };
  }
}

/** Valid for ten days, from so many milliseconds after now. */
async function selfSigned(name: string, from: number): Promise<LabCertificate> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: "01",
      name: `CN=${name}`,
      notBefore: new Date(Date.now() + from),
      notAfter: new Date(Date.now() + from + 10 * DAY),
      keys,
      signingAlgorithm: P256,
      extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
    },
    webcrypto as Crypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  const lines = key.match(/.{1,64}/gu) ?? [];
  return {
    certificate: certificate.toString("pem"),
    key: `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----\n`,
  };
}
