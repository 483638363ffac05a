import { CertificateAuthority } from "./ca.js";
import type { Hosts, ShownCertificate } from "./hosts.js";
import type { LabCertificate } from "./lab.js";

/** Which certificate is shown to whom: that of the host asked for, or another one where that is arranged. */
export class PresentedCertificates {
  #stranger: Promise<CertificateAuthority> | undefined;

  constructor(
    private readonly ca: CertificateAuthority,
    private readonly hosts: Hosts,
    /** The name, a wildcard perhaps, by which a certificate covers a host of the lab; undefined for other hosts. */
    private readonly coveringNameOf: (host: string) => string | undefined,
  ) {}

  /** The certificate that a host should have. */
  own(host: string): Promise<LabCertificate> {
    return this.ca.certificateFor(host);
  }

  /** For callers whose ClientHello names the host, at its web site or elsewhere; undefined where there is no such host. */
  shownFor(host: string, web: boolean): Promise<LabCertificate> | undefined {
    const arranged = this.hosts.of(host)?.certificate;
    if (arranged !== undefined && (web || !arranged.siteOnly)) return this.issue(arranged);
    const covering = this.coveringNameOf(host);
    if (covering === undefined) return undefined;
    // Where others are told how to find the host, its certificate must tell it from every other one.
    return this.own(this.hosts.of(host) === undefined ? covering : host);
  }

  async issue({ for: host, untrusted }: ShownCertificate): Promise<LabCertificate> {
    if (!untrusted) return this.own(host);
    this.#stranger ??= CertificateAuthority.create("stranger");
    return (await this.#stranger).certificateFor(host);
  }
}
