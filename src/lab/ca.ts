import "reflect-metadata";
import { createPrivateKey, randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { LabCertificate } from "./lab.js";

const DAY = 24 * 60 * 60 * 1000;
const P256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

export type AuthorityKeyType = "P-256" | "RSA-2048";

/** The run's own certification authority. Its certificates are good for this run and trusted by nobody else. */
export class CertificateAuthority {
  readonly #leaves = new Map<string, Promise<LabCertificate>>();

  private constructor(
    private readonly certificate: X509Certificate,
    private readonly keys: CryptoKeyPair,
    /** PEM of the private key, for servers that make their own certificate under this authority. */
    readonly privateKey: string,
  ) {}

  /** RSA only where a server under test must read the authority's key and knows no other kind. */
  static async create(runId: string, keyType: AuthorityKeyType = "P-256"): Promise<CertificateAuthority> {
    const algorithm = keyType === "P-256" ? P256 : RSA;
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await X509CertificateGenerator.createSelfSigned(
      {
        serialNumber: serial(),
        name: `CN=Concordat lab ${runId.replaceAll(/[^\w-]/g, "-")}`,
        ...validity(),
        keys,
        signingAlgorithm: algorithm,
        extensions: [
          new BasicConstraintsExtension(true, 0, true),
          new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
          await SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto as Crypto),
        ],
      },
      webcrypto as Crypto,
    );
    return new CertificateAuthority(certificate, keys, await privatePem(keys.privateKey, keyType));
  }

  get pem(): string {
    return `${this.certificate.toString("pem")}\n`;
  }

  /** A certificate for a DNS name or an IP address; made once per name. */
  certificateFor(host: string): Promise<LabCertificate> {
    const known = this.#leaves.get(host);
    if (known) return known;
    const made = this.#issue(host);
    this.#leaves.set(host, made);
    return made;
  }

  async #issue(host: string): Promise<LabCertificate> {
    const keys = await webcrypto.subtle.generateKey(P256, true, ["sign", "verify"]);
    const leaf = await X509CertificateGenerator.create(
      {
        serialNumber: serial(),
        issuer: this.certificate.subject,
        // A common name holds 64 characters at most; the alternative name is what counts.
        subject: `CN=${host.slice(0, 64)}`,
        ...validity(),
        publicKey: keys.publicKey,
        signingKey: this.keys.privateKey,
        signingAlgorithm: this.keys.privateKey.algorithm.name === "ECDSA" ? P256 : RSA,
        extensions: await leafExtensions(host, keys.publicKey, this.keys.publicKey),
      },
      webcrypto as Crypto,
    );
    return { certificate: `${leaf.toString("pem")}\n${this.pem}`, key: await privatePem(keys.privateKey, "P-256") };
  }
}

async function leafExtensions(host: string, subject: CryptoKey, issuer: CryptoKey) {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? "dns" : "ip", value: host }]),
    await SubjectKeyIdentifierExtension.create(subject, false, webcrypto as Crypto),
    await AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto as Crypto),
  ];
}

// A day on either side: servers under test may run with a clock that a scenario has moved.
function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 30 * DAY) };
}

function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString("hex");
}

async function privatePem(key: CryptoKey, keyType: AuthorityKeyType): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  const object = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return object.export({ format: "pem", type: keyType === "P-256" ? "pkcs8" : "pkcs1" }).toString();
}
